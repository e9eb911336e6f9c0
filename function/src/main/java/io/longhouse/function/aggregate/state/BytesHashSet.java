package io.longhouse.function.aggregate.state;

import io.longhouse.column.Capacity;
import io.longhouse.column.hash.CrcHash;
import java.util.Arrays;

/**
 * Different byte strings in the order of ClickHouse's {@code HashSetWithSavedHash}, as {@link
 * LongHashSet} has it. Every string has a number, from 0 in the order of arrival. The empty string
 * is the table's zero: kept apart, first in order.
 */
public final class BytesHashSet {
  private static final int LARGE_DEGREE = 23;

  private byte[] arena = new byte[64];
  private int[] ends = new int[8];
  private int[] hashes = new int[8];
  private int[] cells;
  private int degree;
  private int size;
  private int zero = -1;

  public BytesHashSet(int degree) {
    this.degree = degree;
    this.cells = new int[1 << degree];
  }

  public int size() {
    return size;
  }

  public long bytes() {
    return arena.length + 8L * ends.length + 4L * cells.length + 96;
  }

  /** All strings, one after the other; string i ends at {@code end(i)}. */
  public byte[] arena() {
    return arena;
  }

  public int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  public int end(int i) {
    return ends[i];
  }

  /** The number of a string; adds it when it is not there. */
  public int add(byte[] bytes, int from, int length) {
    if (length == 0) {
      if (zero < 0) {
        zero = append(bytes, from, 0, 0);
      }
      return zero;
    }
    int hash = (int) CrcHash.hash(bytes, from, length);
    int mask = cells.length - 1;
    int at = hash & mask;
    while (cells[at] != 0) {
      int i = cells[at] - 1;
      if (hashes[i] == hash
          && Arrays.equals(arena, start(i), ends[i], bytes, from, from + length)) {
        return i;
      }
      at = at + 1 & mask;
    }
    int i = append(bytes, from, length, hash);
    cells[at] = i + 1;
    if (size > cells.length >>> 1) {
      resize(degree + (degree >= LARGE_DEGREE ? 1 : 2));
    }
    return i;
  }

  /** The number of a string, or -1. */
  public int find(byte[] bytes, int from, int length) {
    if (length == 0) {
      return zero;
    }
    int hash = (int) CrcHash.hash(bytes, from, length);
    int mask = cells.length - 1;
    for (int at = hash & mask; cells[at] != 0; at = at + 1 & mask) {
      int i = cells[at] - 1;
      if (hashes[i] == hash
          && Arrays.equals(arena, start(i), ends[i], bytes, from, from + length)) {
        return i;
      }
    }
    return -1;
  }

  private int append(byte[] bytes, int from, int length, int hash) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, Capacity.grown(size, size + 1L, Integer.BYTES));
      hashes = Arrays.copyOf(hashes, Capacity.grown(size, size + 1L, Long.BYTES));
    }
    int start = start(size);
    if (start + length > arena.length) {
      arena = Arrays.copyOf(arena, Capacity.grown(arena.length, (long) start + length, 1));
    }
    System.arraycopy(bytes, from, arena, start, length);
    ends[size] = start + length;
    hashes[size] = hash;
    return size++;
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
    int mask = cells.length - 1;
    int at = hashes[cells[i] - 1] & mask;
    if (at == i) {
      return;
    }
    while (cells[at] != 0) {
      if (at == i) {
        return;
      }
      at = at + 1 & mask;
    }
    cells[at] = cells[i];
    cells[i] = 0;
  }

  /** The numbers of the strings in the table's order. */
  public int[] order() {
    int[] out = new int[size];
    int n = 0;
    if (zero >= 0) {
      out[n++] = zero;
    }
    for (int c : cells) {
      if (c != 0) {
        out[n++] = c - 1;
      }
    }
    return out;
  }
}
