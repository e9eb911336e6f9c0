package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.Turns;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import java.util.Arrays;
import java.util.List;

/**
 * The order of rows by the sorting key. Each column gives a signed long for each row, whose order
 * is that of the values, or of their first 8 bytes for strings; equal longs of strings are compared
 * whole.
 */
final class RowOrder {
  /** After so many rows others may have their turn. */
  private static final int TURN_ROWS = 1 << 13;

  private final DataType[] types;
  private final Column[] columns;
  private final long[][] longs;
  private final boolean[] exact;

  private RowOrder(DataType[] types, Column[] columns, long[][] longs, boolean[] exact) {
    this.types = types;
    this.columns = columns;
    this.longs = longs;
    this.exact = exact;
  }

  /** The order of the rows of one block among themselves. */
  static RowOrder of(List<DataType> types, Column[] keys) {
    int n = keys.length;
    var order = new RowOrder(new DataType[n], new Column[n], new long[n][], new boolean[n]);
    for (int i = 0; i < n; i++) {
      order.prepare(i, types.get(i), keys[i].full());
    }
    return order;
  }

  /**
   * Rows that can be compared with those of other blocks by {@link #compare(int, RowOrder, int)}.
   */
  static RowOrder acrossBlocks(List<DataType> types, Column[] keys) {
    Column[] plain = new Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      // The ranks of one dictionary mean nothing to another.
      plain[i] = keys[i].full().plain();
    }
    return of(types, plain);
  }

  /** Order of a row of this block and one of another. */
  int compare(int row, RowOrder other, int otherRow) {
    for (int i = 0; i < columns.length; i++) {
      int c = Long.compare(longs[i][row], other.longs[i][otherRow]);
      if (c == 0 && !exact[i]) {
        c = types[i].compare(columns[i], row, other.columns[i], otherRow, 1);
      }
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  private void prepare(int i, DataType type, Column column) {
    Turns.between();
    DataType t = LowCardinalityType.strip(type);
    types[i] = t;
    int rows = column.size();
    long[] out = new long[rows];
    longs[i] = out;
    exact[i] = true;
    if (column instanceof LowCardinalityColumn l && l.dictionary().size() <= rows) {
      long[] ranks = ranks(t, l.dictionary());
      int[] indexes = l.indexes();
      for (int r = 0; r < rows; r++) {
        out[r] = ranks[indexes[r]];
      }
      columns[i] = column;
      return;
    }
    Column plain = column.plain();
    columns[i] = plain;
    if (t.hasOrderLongs()) {
      t.orderLongs(plain, 0, rows, out);
    } else if (plain instanceof StringColumn s) {
      exact[i] = false;
      prefixes(s, out);
    } else {
      exact[i] = false;
    }
  }

  /** The first 8 bytes as an unsigned number with its order as a signed one. */
  private static void prefixes(StringColumn s, long[] out) {
    byte[] bytes = s.bytes();
    int[] offsets = s.offsets();
    for (int r = 0; r < out.length; r++) {
      long v = 0;
      int end = Math.min(offsets[r + 1], offsets[r] + 8);
      int n = 0;
      for (int b = offsets[r]; b < end; b++, n++) {
        v = v << 8 | bytes[b] & 0xFF;
      }
      // A shift by 64 would be none at all.
      out[r] = (n == 0 ? 0 : v << 8 * (8 - n)) ^ Long.MIN_VALUE;
    }
  }

  private static long[] ranks(DataType type, Column dictionary) {
    Integer[] sorted = new Integer[dictionary.size()];
    Arrays.setAll(sorted, k -> k);
    Arrays.sort(sorted, (a, b) -> type.compare(dictionary, a, dictionary, b, 1));
    long[] ranks = new long[sorted.length];
    long rank = 0;
    for (int k = 0; k < sorted.length; k++) {
      if (k > 0 && type.compare(dictionary, sorted[k - 1], dictionary, sorted[k], 1) != 0) {
        rank++;
      }
      ranks[sorted[k]] = rank;
    }
    return ranks;
  }

  /** Order of two rows by the columns from {@code column} on. */
  int compare(int a, int b, int column) {
    for (int i = column; i < columns.length; i++) {
      int c = Long.compare(longs[i][a], longs[i][b]);
      if (c == 0 && !exact[i]) {
        c = types[i].compare(columns[i], a, columns[i], b, 1);
      }
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  /**
   * The rows in ascending order, equal ones in the order they have; null if they are in order
   * already.
   */
  static int @org.jspecify.annotations.Nullable [] permutation(
      List<DataType> types, Column[] keys, int rows) {
    if (keys.length == 0 || rows < 2) {
      return null;
    }
    RowOrder order = of(types, keys);
    boolean sorted = true;
    for (int r = 1; sorted && r < rows; r++) {
      sorted = order.compare(r - 1, r, 0) <= 0;
    }
    return sorted ? null : order.sort(rows);
  }

  private int[] sort(int rows) {
    long[] keys = new long[rows];
    int bits = 0;
    int next = 0;
    boolean whole = true;
    // As many columns as fit into one number are sorted at once.
    for (; next < columns.length && whole; next++) {
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (long v : longs[next]) {
        min = Math.min(min, v);
        max = Math.max(max, v);
      }
      // The difference is right as an unsigned number even if it does not fit a signed one.
      int more = 64 - Long.numberOfLeadingZeros(max - min);
      if (bits + more > 64) {
        break;
      }
      append(keys, longs[next], min, more);
      bits += more;
      whole = exact[next];
    }
    RadixSort.Sorted sorted = RadixSort.sort(keys, bits, rows);
    int compared = whole ? next : next - 1;
    if (compared < columns.length) {
      sortEqual(sorted, rows, compared);
    }
    return sorted.rows();
  }

  /** Puts the difference of each value and {@code min} behind the key there is. */
  private static void append(long[] keys, long[] values, long min, int bits) {
    if (bits == 64) {
      // A shift by 64 would be none at all.
      for (int i = 0; i < keys.length; i++) {
        keys[i] = values[i] - min;
      }
      return;
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = keys[i] << bits | values[i] - min;
    }
  }

  /** Sorts the rows of equal keys by the columns from {@code column} on. */
  private void sortEqual(RadixSort.Sorted sorted, int rows, int column) {
    long[] keys = sorted.keys();
    int[] index = sorted.rows();
    int[] scratch = new int[rows];
    int turn = TURN_ROWS;
    for (int from = 0; from < rows; ) {
      if (from >= turn) {
        turn = from + TURN_ROWS;
        Turns.between();
      }
      int to = from + 1;
      while (to < rows && keys[to] == keys[from]) {
        to++;
      }
      mergeSort(index, scratch, from, to, column);
      from = to;
    }
  }

  private void mergeSort(int[] index, int[] scratch, int from, int to, int column) {
    if (to - from < 12) {
      for (int i = from + 1; i < to; i++) {
        int v = index[i];
        int k = i - 1;
        while (k >= from && compare(index[k], v, column) > 0) {
          index[k + 1] = index[k];
          k--;
        }
        index[k + 1] = v;
      }
      return;
    }
    if (to - from >= TURN_ROWS) {
      Turns.between();
    }
    int middle = from + to >>> 1;
    mergeSort(index, scratch, from, middle, column);
    mergeSort(index, scratch, middle, to, column);
    if (compare(index[middle - 1], index[middle], column) <= 0) {
      return;
    }
    System.arraycopy(index, from, scratch, from, middle - from);
    int left = from;
    int right = middle;
    for (int k = from; left < middle; k++) {
      if (right < to && compare(index[right], scratch[left], column) < 0) {
        index[k] = index[right++];
      } else {
        index[k] = scratch[left++];
      }
    }
  }
}
