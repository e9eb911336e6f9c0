package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.hash.CrcHash;
import java.util.Arrays;

/**
 * Different keys of 2 or 4 words, in the order of ClickHouse's {@code HashSet} as {@link
 * LongHashSet} has it.
 *
 * <pre>
 * state = VarUInt size, size * key
 * </pre>
 */
public final class WideHashSet {
  private static final int LARGE_DEGREE = 23;

  private final int n;
  private final boolean trivial;
  private long[] cells;
  private int degree;
  private int size;
  private boolean hasZero;

  /**
   * @param n words of a key
   * @param trivial whether the key is a hash, so that its low word places it
   */
  public WideHashSet(int n, boolean trivial, int degree) {
    this.n = n;
    this.trivial = trivial;
    this.degree = degree;
    this.cells = new long[n << degree];
  }

  public int size() {
    return size;
  }

  public long bytes() {
    return 8L * cells.length + 48;
  }

  private int place(long[] key, int from) {
    long h;
    if (trivial) {
      h = key[from];
    } else {
      int crc = -1;
      for (int k = 0; k < n; k++) {
        crc = CrcHash.update(crc, key[from + k]);
      }
      h = crc;
    }
    return (int) h & (1 << degree) - 1;
  }

  private boolean isZero(long[] words, int from) {
    long any = 0;
    for (int k = 0; k < n; k++) {
      any |= words[from + k];
    }
    return any == 0;
  }

  private boolean isEqual(int cell, long[] key, int from) {
    for (int k = 0; k < n; k++) {
      if (cells[cell * n + k] != key[from + k]) {
        return false;
      }
    }
    return true;
  }

  /** Adds the key at {@code key[from ...]}. */
  public boolean add(long[] key, int from) {
    if (isZero(key, from)) {
      if (hasZero) {
        return false;
      }
      hasZero = true;
      size++;
      return true;
    }
    int mask = (1 << degree) - 1;
    int at = place(key, from);
    while (!isZero(cells, at * n)) {
      if (isEqual(at, key, from)) {
        return false;
      }
      at = at + 1 & mask;
    }
    System.arraycopy(key, from, cells, at * n, n);
    if (++size > 1 << degree - 1) {
      resize(degree + (degree >= LARGE_DEGREE ? 1 : 2));
    }
    return true;
  }

  private void resize(int newDegree) {
    int old = 1 << degree;
    cells = Arrays.copyOf(cells, n << newDegree);
    degree = newDegree;
    int i = 0;
    for (; i < old; i++) {
      if (!isZero(cells, i * n)) {
        reinsert(i);
      }
    }
    for (; !isZero(cells, i * n); i++) {
      reinsert(i);
    }
  }

  private void reinsert(int i) {
    int mask = (1 << degree) - 1;
    int at = place(cells, i * n);
    if (at == i) {
      return;
    }
    while (!isZero(cells, at * n)) {
      if (isEqual(at, cells, i * n)) {
        return;
      }
      at = at + 1 & mask;
    }
    System.arraycopy(cells, i * n, cells, at * n, n);
    Arrays.fill(cells, i * n, i * n + n, 0);
  }

  public void addAll(WideHashSet other) {
    if (other.hasZero && !hasZero) {
      hasZero = true;
      size++;
    }
    for (int i = 0; i < other.cells.length; i += n) {
      if (!isZero(other.cells, i)) {
        add(other.cells, i);
      }
    }
  }

  /** The keys in the table's order, {@code n} words each. */
  public long[] keys() {
    long[] out = new long[size * n];
    int at = hasZero ? n : 0;
    for (int i = 0; i < cells.length; i += n) {
      if (!isZero(cells, i)) {
        System.arraycopy(cells, i, out, at, n);
        at += n;
      }
    }
    return out;
  }

  public void write(ByteWriter out) {
    out.writeVarUInt(size);
    for (long w : keys()) {
      out.writeLong(w);
    }
  }

  /** Reads keys into a set that is empty, after making room for all if said so. */
  public void read(boolean reserve, ByteReader in) {
    int count = in.readLength(1 << 27, "hash table");
    int wanted = count <= 1 ? 0 : 63 - Long.numberOfLeadingZeros(count - 1L) + 2;
    if (reserve && wanted > degree) {
      resize(wanted);
    }
    long[] key = new long[n];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < n; k++) {
        key[k] = in.readLong();
      }
      add(key, 0);
    }
  }
}
