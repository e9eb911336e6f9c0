package io.longhouse.function.aggregate.distinct;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Scratch;
import io.longhouse.column.hash.CrcHash;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;

/**
 * An estimate of how many different values there are: a table of 32-bit hashes that, when it passes
 * 65,536 of them, keeps only every second value, then every fourth and so on, chosen by the low
 * bits.
 *
 * <pre>
 * state = UInt8 skip degree, VarUInt size, size * UInt32 hash (0 first, then in the table's order)
 * </pre>
 */
final class UniquesHashSet {
  private static final int MAX_DEGREE = 17;
  private static final int SIZE_MAX = 1 << MAX_DEGREE - 1;
  private static final int SKIP_BITS = 32 - MAX_DEGREE;
  private static final int INITIAL_DEGREE = 4;

  /** Words hashed together. */
  private static final int BATCH = 1024;

  private int[] cells = new int[1 << INITIAL_DEGREE];
  private int size;
  private int skip;
  private boolean hasZero;

  long bytes() {
    return 4L * cells.length + 40;
  }

  /** Adds a value by its hash. */
  void add(int hash) {
    if ((hash & (1 << skip) - 1) != 0) {
      return;
    }
    insert(hash);
    if (size > cells.length >>> 1) {
      shrink();
    }
  }

  /** Adds words {@code [from, to)} by the hashes that {@code uniq} gives numbers. */
  void addMixed(long[] words, int from, int to) {
    int[] hashes = Scratch.ints(BATCH);
    for (int at = from; at < to; at += BATCH) {
      int n = Math.min(BATCH, to - at);
      for (int i = 0; i < n; i++) {
        hashes[i] = RowHashes.mixed(words[at + i]);
      }
      int kept = n;
      if (skip > 0) {
        int mask = (1 << skip) - 1;
        kept = 0;
        for (int i = 0; i < n; i++) {
          int hash = hashes[i];
          hashes[kept] = hash;
          kept += (hash & mask) == 0 ? 1 : 0;
        }
      }
      for (int i = 0; i < kept; i++) {
        add(hashes[i]);
      }
    }
  }

  private int place(int hash) {
    return hash >>> SKIP_BITS & cells.length - 1;
  }

  private void insert(int hash) {
    if (hash == 0) {
      size += hasZero ? 0 : 1;
      hasZero = true;
      return;
    }
    int[] c = cells;
    int mask = c.length - 1;
    int at = hash >>> SKIP_BITS & mask;
    while (c[at] != 0) {
      if (c[at] == hash) {
        return;
      }
      at = at + 1 & mask;
    }
    c[at] = hash;
    size++;
  }

  private void reinsert(int hash) {
    int mask = cells.length - 1;
    int at = place(hash);
    while (cells[at] != 0) {
      at = at + 1 & mask;
    }
    cells[at] = hash;
  }

  private void shrink() {
    if (size <= SIZE_MAX) {
      resize();
      return;
    }
    while (size > SIZE_MAX) {
      skip++;
      rehash();
    }
  }

  private void rehash() {
    int mask = (1 << skip) - 1;
    for (int i = 0; i < cells.length; i++) {
      int hash = cells[i];
      if (hash == 0) {
        continue;
      }
      if ((hash & mask) != 0) {
        cells[i] = 0;
        size--;
      } else if (i != place(hash)) {
        cells[i] = 0;
        reinsert(hash);
      }
    }
    for (int i = 0; i < cells.length && cells[i] != 0; i++) {
      int hash = cells[i];
      if (i != place(hash)) {
        cells[i] = 0;
        reinsert(hash);
      }
    }
  }

  private void resize() {
    int old = cells.length;
    cells = Arrays.copyOf(cells, old * 2);
    int mask = cells.length - 1;
    for (int i = 0; i < old || cells[i] != 0; i++) {
      int hash = cells[i];
      if (hash == 0) {
        continue;
      }
      int at = place(hash);
      if (at == i) {
        continue;
      }
      while (cells[at] != 0 && cells[at] != hash) {
        at = at + 1 & mask;
      }
      if (cells[at] != hash) {
        cells[at] = hash;
        cells[i] = 0;
      }
    }
  }

  /** The estimate. */
  long count() {
    if (skip == 0) {
      return size;
    }
    long estimate = (long) size << skip;
    estimate += CrcHash.hash(size) & (1L << skip) - 1;
    double range = 0x1p32;
    estimate = Math.min(estimate, (1L << 32) - 1);
    return Math.round(range * (Math.log(range) - Math.log(range - estimate)));
  }

  void merge(UniquesHashSet other) {
    if (other.skip > skip) {
      skip = other.skip;
      rehash();
    }
    if (!hasZero && other.hasZero) {
      add(0);
    }
    for (int hash : other.cells) {
      if (hash != 0) {
        add(hash);
      }
    }
  }

  void write(ByteWriter out) {
    out.writeByte(skip);
    out.writeVarUInt(size);
    if (hasZero) {
      out.writeInt(0);
    }
    for (int hash : cells) {
      if (hash != 0) {
        out.writeInt(hash);
      }
    }
  }

  static UniquesHashSet read(ByteReader in) {
    var set = new UniquesHashSet();
    set.skip = in.readUnsignedByte();
    long size = in.readVarUInt();
    if (set.skip > SKIP_BITS + 1 || size > SIZE_MAX) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "Cannot read UniquesHashSet of " + size + " hashes with skip degree " + set.skip);
    }
    set.size = (int) size;
    int degree =
        size <= 1
            ? INITIAL_DEGREE
            : Math.max(INITIAL_DEGREE, 63 - Long.numberOfLeadingZeros(size - 1) + 2);
    set.cells = new int[1 << degree];
    for (int i = 0; i < size; i++) {
      int hash = in.readInt();
      if (hash == 0) {
        set.hasZero = true;
      } else {
        set.reinsert(hash);
      }
    }
    return set;
  }
}
