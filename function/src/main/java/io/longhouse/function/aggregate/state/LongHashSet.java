package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.hash.CrcHash;
import io.longhouse.column.hash.IntHash;
import java.util.Arrays;

/**
 * Different words in the order of ClickHouse's {@code HashSet}: open addressing with steps of one,
 * at most half full, growing fourfold up to 2^23 cells and twofold from there; in growing, cells
 * are moved within the same array. Zero is kept apart and comes first.
 *
 * <pre>
 * state = VarUInt size, size * key (little-endian, of the key's width)
 * </pre>
 */
public final class LongHashSet {
  /** Which hash places a key. */
  public enum Hash {
    CRC,
    MIX
  }

  private static final int LARGE_DEGREE = 23;

  private final boolean crc;
  private long[] cells;
  private int degree;
  private int size;
  private boolean hasZero;

  /**
   * @param degree logarithm of the first number of cells
   */
  public LongHashSet(Hash hash, int degree) {
    this.crc = hash == Hash.CRC;
    this.degree = degree;
    this.cells = new long[1 << degree];
  }

  public int size() {
    return size;
  }

  public long bytes() {
    return 8L * cells.length + 48;
  }

  private int place(long key) {
    return (int) (crc ? CrcHash.hash(key) : IntHash.mix64(key)) & cells.length - 1;
  }

  /** Adds a key; answers whether it was not there. */
  public boolean add(long key) {
    if (key == 0) {
      if (hasZero) {
        return false;
      }
      hasZero = true;
      size++;
      return true;
    }
    long[] c = cells;
    int mask = c.length - 1;
    int at = place(key);
    while (c[at] != 0) {
      if (c[at] == key) {
        return false;
      }
      at = at + 1 & mask;
    }
    c[at] = key;
    if (++size > c.length >>> 1) {
      resize(degree + (degree >= LARGE_DEGREE ? 1 : 2));
    }
    return true;
  }

  public boolean contains(long key) {
    if (key == 0) {
      return hasZero;
    }
    int mask = cells.length - 1;
    for (int at = place(key); cells[at] != 0; at = at + 1 & mask) {
      if (cells[at] == key) {
        return true;
      }
    }
    return false;
  }

  private void resize(int newDegree) {
    int old = cells.length;
    cells = Arrays.copyOf(cells, 1 << newDegree);
    degree = newDegree;
    int i = 0;
    for (; i < old; i++) {
      if (cells[i] != 0) {
        reinsert(i);
      }
    }
    for (; cells[i] != 0; i++) {
      reinsert(i);
    }
  }

  private void reinsert(int i) {
    long key = cells[i];
    int mask = cells.length - 1;
    int at = place(key);
    if (at == i) {
      return;
    }
    while (cells[at] != 0) {
      if (cells[at] == key) {
        return;
      }
      at = at + 1 & mask;
    }
    cells[at] = key;
    cells[i] = 0;
  }

  /** Makes room for {@code count} keys, as before reading them. */
  public void reserve(int count) {
    int wanted = count <= 1 ? 0 : 63 - Long.numberOfLeadingZeros(count - 1L) + 2;
    if (wanted > degree) {
      resize(wanted);
    }
  }

  public void addAll(LongHashSet other) {
    if (other.hasZero && !hasZero) {
      hasZero = true;
      size++;
    }
    for (long key : other.cells) {
      if (key != 0) {
        add(key);
      }
    }
  }

  /** The keys in the table's order. */
  public long[] keys() {
    long[] out = new long[size];
    int n = hasZero ? 1 : 0;
    for (long key : cells) {
      if (key != 0) {
        out[n++] = key;
      }
    }
    return out;
  }

  public void write(int keyBytes, ByteWriter out) {
    out.writeVarUInt(size);
    if (hasZero) {
      Values.write(0, keyBytes, out);
    }
    for (long key : cells) {
      if (key != 0) {
        Values.write(key, keyBytes, out);
      }
    }
  }

  /**
   * Reads keys into a set that is empty.
   *
   * @param reserve whether room for all is made before, which changes the order
   */
  public void read(int keyBytes, boolean reserve, ByteReader in) {
    int count = in.readLength(1 << 28, "hash table");
    if (reserve) {
      reserve(count);
    }
    for (int i = 0; i < count; i++) {
      add(Values.read(keyBytes, in));
    }
  }
}
