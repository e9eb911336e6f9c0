package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Capacity;
import io.longhouse.column.Scratch;

/** Different words of 8 bytes, zero kept apart. */
final class DistinctLongs implements DistinctWords {
  private long[] cells = new long[1 << FIRST_DEGREE];

  /** How far a hash is shifted so that its top bits number the cells. */
  private int shift = 64 - FIRST_DEGREE;

  private int size;
  private boolean hasZero;
  private long touched;

  @Override
  public int size() {
    return size;
  }

  @Override
  public long bytes() {
    return 8L * cells.length + 48 + (touched & 0);
  }

  @Override
  public void add(long word) {
    long key = word;
    if (key == 0) {
      addZero();
      return;
    }
    reserve(1);
    if (place(cells, (int) (mix(key) >>> shift), key)) {
      size++;
    }
  }

  private void addZero() {
    size += hasZero ? 0 : 1;
    hasZero = true;
  }

  /** The last step of MurmurHash3 without its end, which the upper bits do not need. */
  private static long mix(long key) {
    long h = (key ^ key >>> 33) * 0xFF51AFD7ED558CCDL;
    return (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
  }

  /** Puts a key that is not zero at its place or behind; answers whether it was not there. */
  private static boolean place(long[] c, int at, long key) {
    int mask = c.length - 1;
    long v;
    while ((v = c[at]) != 0) {
      if (v == key) {
        return false;
      }
      at = at + 1 & mask;
    }
    c[at] = key;
    return true;
  }

  @Override
  public void reserve(int count) {
    while (2L * (size + count) > cells.length) {
      grow();
    }
  }

  private void grow() {
    long[] old = cells;
    long[] c = new long[Capacity.slots(old.length, 2, Long.BYTES)];
    shift--;
    for (long key : old) {
      if (key != 0) {
        place(c, (int) (mix(key) >>> shift), key);
      }
    }
    cells = c;
  }

  @Override
  public void addAll(long[] words, int from, int to) {
    long[] keys = Scratch.longs(BATCH);
    int[] places = Scratch.ints(BATCH);
    for (int at = from; at < to; at += BATCH) {
      int n = Math.min(BATCH, to - at);
      for (int i = 0; i < n; i++) {
        keys[i] = words[at + i];
      }
      addBatch(keys, n, places);
    }
  }

  /** All cells are read before any is looked at, so that the cache misses of a batch overlap. */
  private void addBatch(long[] keys, int n, int[] places) {
    reserve(n);
    long[] c = cells;
    int mask = c.length - 1;
    int by = shift;
    for (int i = 0; i < n; i++) {
      places[i] = (int) (mix(keys[i]) >>> by);
    }
    long sum = 0;
    for (int i = 0; i < n; i++) {
      sum += c[places[i]];
    }
    touched += sum;
    int added = 0;
    for (int i = 0; i < n; i++) {
      long key = keys[i];
      int at = places[i];
      long v;
      while ((v = c[at]) != key && v != 0) {
        at = at + 1 & mask;
      }
      if (v != key) {
        c[at] = key;
        added++;
      } else if (key == 0) {
        addZero();
      }
    }
    size += added;
  }

  @Override
  public void addAll(DistinctWords other) {
    var from = (DistinctLongs) other;
    long[] added = from.cells;
    boolean addsZero = from.hasZero;
    if (from.size > size) {
      // The keys of the smaller table are added to the larger one, see reserve.
      added = cells;
      addsZero = hasZero;
      cells = from.cells.clone();
      shift = from.shift;
      size = from.size;
      hasZero = from.hasZero;
    }
    if (addsZero) {
      addZero();
    }
    long[] keys = Scratch.longs(BATCH);
    int[] places = Scratch.ints(BATCH);
    int n = 0;
    for (long key : added) {
      keys[n] = key;
      n += key != 0 ? 1 : 0;
      if (n == BATCH) {
        addBatch(keys, n, places);
        n = 0;
      }
    }
    addBatch(keys, n, places);
  }

  @Override
  public void write(ByteWriter out) {
    if (hasZero) {
      out.writeLong(0);
    }
    for (long key : cells) {
      if (key != 0) {
        out.writeLong(key);
      }
    }
  }
}
