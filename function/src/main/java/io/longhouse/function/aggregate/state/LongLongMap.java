package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.hash.CrcHash;
import io.longhouse.column.hash.IntHash;
import java.util.Arrays;

/**
 * Counts by word, in the order of ClickHouse's {@code HashMap}: as {@link LongHashSet}, zero kept
 * apart and first.
 */
public final class LongLongMap {
  /** Which hash places a key. */
  public enum Hash {
    CRC,
    TRIVIAL,
    MIX
  }

  private static final int LARGE_DEGREE = 23;

  private final Hash hash;
  private long[] keys;
  private long[] counts;
  private int degree;
  private int size;
  private boolean hasZero;
  private long zeroCount;

  public LongLongMap(Hash hash, int degree) {
    this.hash = hash;
    this.degree = degree;
    this.keys = new long[1 << degree];
    this.counts = new long[1 << degree];
  }

  public int size() {
    return size;
  }

  public long bytes() {
    return 16L * keys.length + 64;
  }

  private int place(long key) {
    long h =
        switch (hash) {
          case CRC -> CrcHash.hash(key);
          case TRIVIAL -> key;
          case MIX -> IntHash.mix64(key);
        };
    return (int) h & keys.length - 1;
  }

  /** Whether there is a count of a key. */
  public boolean contains(long key) {
    return key == 0 ? hasZero : keys[find(key)] == key;
  }

  /** The count of a key, 0 without one. */
  public long get(long key) {
    if (key == 0) {
      return zeroCount;
    }
    int at = find(key);
    return keys[at] == key ? counts[at] : 0;
  }

  /** Where a key stands, or the free place where it would. */
  private int find(long key) {
    int mask = keys.length - 1;
    int at = place(key);
    while (keys[at] != 0 && keys[at] != key) {
      at = at + 1 & mask;
    }
    return at;
  }

  /** Sets the count of a key. */
  public void put(long key, long count) {
    add(key, count - get(key));
  }

  /** Adds to the count of a key. */
  public void add(long key, long count) {
    if (key == 0) {
      size += hasZero ? 0 : 1;
      hasZero = true;
      zeroCount += count;
      return;
    }
    int mask = keys.length - 1;
    int at = place(key);
    while (keys[at] != 0) {
      if (keys[at] == key) {
        counts[at] += count;
        return;
      }
      at = at + 1 & mask;
    }
    keys[at] = key;
    counts[at] = count;
    if (++size > keys.length >>> 1) {
      resize();
    }
  }

  private void resize() {
    int old = keys.length;
    degree += degree >= LARGE_DEGREE ? 1 : 2;
    keys = Arrays.copyOf(keys, 1 << degree);
    counts = Arrays.copyOf(counts, 1 << degree);
    int i = 0;
    for (; i < old; i++) {
      if (keys[i] != 0) {
        reinsert(i);
      }
    }
    for (; keys[i] != 0; i++) {
      reinsert(i);
    }
  }

  private void reinsert(int i) {
    int mask = keys.length - 1;
    int at = place(keys[i]);
    while (at != i && keys[at] != 0) {
      at = at + 1 & mask;
    }
    if (at == i) {
      return;
    }
    keys[at] = keys[i];
    counts[at] = counts[i];
    keys[i] = 0;
  }

  public void addAll(LongLongMap other) {
    long[] pairs = other.pairs();
    for (int i = 0; i < pairs.length; i += 2) {
      add(pairs[i], pairs[i + 1]);
    }
  }

  /** Key and count of each entry in the table's order. */
  public long[] pairs() {
    long[] out = new long[2 * size];
    int n = 0;
    if (hasZero) {
      out[1] = zeroCount;
      n = 2;
    }
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        out[n] = keys[i];
        out[n + 1] = counts[i];
        n += 2;
      }
    }
    return out;
  }

  /** Writes VarUInt size, then the entries, a key in that many bytes and its count in 8. */
  public void write(int keyBytes, ByteWriter out) {
    out.writeVarUInt(size);
    long[] pairs = pairs();
    for (int i = 0; i < pairs.length; i += 2) {
      Values.write(pairs[i], keyBytes, out);
      out.writeLong(pairs[i + 1]);
    }
  }

  public void read(int keyBytes, ByteReader in) {
    int count = in.readLength(1 << 27, "hash table");
    for (int i = 0; i < count; i++) {
      long key = Values.read(keyBytes, in);
      add(key, in.readLong());
    }
  }
}
