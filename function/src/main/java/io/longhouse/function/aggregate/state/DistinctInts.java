package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Capacity;
import io.longhouse.column.Scratch;

/** Different words of 4 bytes, zero kept apart. */
final class DistinctInts implements DistinctWords {
  private int[] cells = new int[1 << FIRST_DEGREE];

  /** How far a hash is shifted so that its top bits number the cells. */
  private int shift = 32 - FIRST_DEGREE;

  private int size;
  private boolean hasZero;
  private long touched;

  @Override
  public int size() {
    return size;
  }

  @Override
  public long bytes() {
    return 4L * cells.length + 48 + (touched & 0);
  }

  @Override
  public void add(long word) {
    int key = (int) word;
    if (key == 0) {
      addZero();
      return;
    }
    reserve(1);
    if (place(cells, mix(key) >>> shift, key)) {
      size++;
    }
  }

  private void addZero() {
    size += hasZero ? 0 : 1;
    hasZero = true;
  }

  /** The last step of MurmurHash3 without its end, which the upper bits do not need. */
  private static int mix(int key) {
    int h = (key ^ key >>> 16) * 0x85EBCA6B;
    return (h ^ h >>> 13) * 0xC2B2AE35;
  }

  /** Puts a key that is not zero at its place or behind; answers whether it was not there. */
  private static boolean place(int[] c, int at, int key) {
    int mask = c.length - 1;
    int v;
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
    int[] old = cells;
    int[] c = new int[Capacity.slots(old.length, 2, Integer.BYTES)];
    shift--;
    for (int key : old) {
      if (key != 0) {
        place(c, mix(key) >>> shift, key);
      }
    }
    cells = c;
  }

  @Override
  public void addAll(long[] words, int from, int to) {
    int[] keys = Scratch.ints(BATCH);
    int[] places = Scratch.ints(BATCH);
    for (int at = from; at < to; at += BATCH) {
      int n = Math.min(BATCH, to - at);
      for (int i = 0; i < n; i++) {
        keys[i] = (int) words[at + i];
      }
      addBatch(keys, n, places);
    }
  }

  /** All cells are read before any is looked at, so that the cache misses of a batch overlap. */
  private void addBatch(int[] keys, int n, int[] places) {
    reserve(n);
    int[] c = cells;
    int mask = c.length - 1;
    int by = shift;
    for (int i = 0; i < n; i++) {
      places[i] = mix(keys[i]) >>> by;
    }
    int sum = 0;
    for (int i = 0; i < n; i++) {
      sum += c[places[i]];
    }
    touched += sum;
    int added = 0;
    for (int i = 0; i < n; i++) {
      int key = keys[i];
      int at = places[i];
      int v;
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
    var from = (DistinctInts) other;
    int[] added = from.cells;
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
    int[] keys = Scratch.ints(BATCH);
    int[] places = Scratch.ints(BATCH);
    int n = 0;
    for (int key : added) {
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
      out.writeInt(0);
    }
    for (int key : cells) {
      if (key != 0) {
        out.writeInt(key);
      }
    }
  }
}
