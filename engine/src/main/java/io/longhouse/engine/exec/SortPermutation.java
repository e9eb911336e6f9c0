package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Header;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.MemoryTracker;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.Turns;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of a block's rows by sort keys, stable. Each key gives every row a long whose order is
 * the key's order, or refines ties of such longs by comparison; rows that are equal in one key are
 * then sorted by the next.
 */
public final class SortPermutation {
  private static final int INSERTION_MAX = 24;
  private static final int TURN_ROWS = 1 << 15;

  private final Block block;
  private final List<Plan.SortKey> keys;
  private final Header header;
  private final RowComparison order;
  private final int[] rows;
  private final int[] scratchRows;
  private final long[] longs;
  private final long[] scratchLongs;
  private int untilTurn = TURN_ROWS;

  /**
   * Of each key but the first, which is asked for once, what all rows come to; made when needed.
   */
  private final long[] @Nullable [] longsOfKeys;

  private final int[] @Nullable [] ranksOfKeys;

  private SortPermutation(Block block, List<Plan.SortKey> keys, Header header) {
    this.block = block;
    this.keys = keys;
    this.header = header;
    this.order = new RowComparison(keys, header);
    int n = block.rows();
    MemoryTracker.growing(0, (2L * Integer.BYTES + 2L * Long.BYTES) * n);
    this.rows = new int[n];
    this.scratchRows = new int[n];
    this.longs = new long[n];
    this.scratchLongs = new long[n];
    this.longsOfKeys = new long[keys.size()][];
    this.ranksOfKeys = new int[keys.size()][];
    for (int i = 0; i < n; i++) {
      rows[i] = i;
    }
  }

  /** The rows in order. */
  public static int[] of(Block block, List<Plan.SortKey> keys, Header header) {
    var s = new SortPermutation(block, keys, header);
    s.sort(0, block.rows(), 0);
    return s.rows;
  }

  private void sort(int from, int to, int key) {
    if (to - from < 2 || key == keys.size()) {
      return;
    }
    Plan.SortKey k = keys.get(key);
    Column column = block.column(k.column());
    if (column instanceof ConstColumn) {
      sort(from, to, key + 1);
      return;
    }
    boolean exact = loadLongs(key, column, from, to);
    passed(to - from);
    sortLongs(from, to);
    for (int i = from; i < to; ) {
      int end = i + 1;
      while (end < to && longs[end] == longs[i]) {
        end++;
      }
      if (end - i > 1) {
        passed(end - i);
        refine(i, end, key, exact, column);
      }
      i = end;
    }
  }

  /** After so many rows others may have their turn. */
  private void passed(int n) {
    untilTurn -= n;
    if (untilTurn < 0) {
      untilTurn = TURN_ROWS;
      Turns.between();
    }
  }

  /** Sorts rows that agree in what the longs could tell. */
  private void refine(int from, int to, int key, boolean exact, Column column) {
    if (exact) {
      int next = key + 1;
      if (next < keys.size()) {
        sort(from, to, next);
        restoreEqual(from, to);
      }
      return;
    }
    mergeSort(from, to, key, column);
    for (int i = from; i < to; ) {
      int end = i + 1;
      while (end < to && order.compareKey(key, column, rows[i], column, rows[end]) == 0) {
        end++;
      }
      if (end - i > 1) {
        sort(i, end, key + 1);
      }
      i = end;
    }
    restoreEqual(from, to);
  }

  /**
   * The longs of a range are scratch of deeper keys by now; one value keeps the caller's loop
   * right.
   */
  private void restoreEqual(int from, int to) {
    long mark = longs[from];
    for (int i = from; i < to; i++) {
      longs[i] = mark;
    }
  }

  /**
   * Fills {@code longs} with an order-preserving long for each row of the range. Answers whether
   * equal longs mean equal keys.
   */
  private boolean loadLongs(int key, Column column, int from, int to) {
    Plan.SortKey k = keys.get(key);
    DataType type = LowCardinalityType.strip(header.type(k.column()));
    Column full = column.full();
    boolean exact = true;
    if (full instanceof LowCardinalityColumn l) {
      int[] ranks = ranks(key, l, type);
      for (int i = from; i < to; i++) {
        longs[i] = ranks[l.indexes()[rows[i]]];
      }
      return true;
    }
    DataType inner = NullableType.strip(type);
    Column values = full instanceof NullableColumn n ? n.values() : full;
    if (inner.hasOrderLongs()) {
      long[] all = orderLongs(key, inner, values);
      for (int i = from; i < to; i++) {
        longs[i] = all[rows[i]];
      }
    } else if (values instanceof StringColumn s) {
      for (int i = from; i < to; i++) {
        longs[i] = prefix(s, rows[i]);
      }
      exact = false;
    } else {
      java.util.Arrays.fill(longs, from, to, 0);
      exact = false;
    }
    if (inner instanceof io.longhouse.column.type.FloatType) {
      placeNaN(values, k, from, to);
    }
    if (k.descending()) {
      for (int i = from; i < to; i++) {
        longs[i] = ~longs[i];
      }
    }
    if (full instanceof NullableColumn n && n.hasNulls()) {
      placeNulls(n.nulls(), k, from, to);
      exact = false;
    }
    return exact;
  }

  private long[] orderLongs(int key, DataType type, Column values) {
    long[] all = longsOfKeys[key];
    if (all == null) {
      MemoryTracker.growing(0, (long) Long.BYTES * values.size());
      all = new long[values.size()];
      type.orderLongs(values, 0, values.size(), all);
      longsOfKeys[key] = key == 0 ? null : all;
    }
    return all;
  }

  private int[] ranks(int key, LowCardinalityColumn l, DataType type) {
    int[] ranks = ranksOfKeys[key];
    if (ranks == null) {
      ranks = ranks(l, type, keys.get(key));
      ranksOfKeys[key] = ranks;
    }
    return ranks;
  }

  private void placeNaN(Column values, Plan.SortKey k, int from, int to) {
    for (int i = from; i < to; i++) {
      double v =
          values instanceof io.longhouse.column.Float64Column d
              ? d.values()[rows[i]]
              : ((io.longhouse.column.Float32Column) values).values()[rows[i]];
      if (Double.isNaN(v)) {
        longs[i] = k.nullsDirection() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
      }
    }
  }

  private void placeNulls(byte[] nulls, Plan.SortKey k, int from, int to) {
    long mark = k.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
    for (int i = from; i < to; i++) {
      if (nulls[rows[i]] != 0) {
        longs[i] = mark;
      }
    }
  }

  /** The place of each dictionary entry among the entries, equal entries sharing one. */
  private static int[] ranks(LowCardinalityColumn l, DataType type, Plan.SortKey k) {
    Column d = l.dictionary();
    Integer[] entries = new Integer[d.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = i;
    }
    java.util.Comparator<Integer> byValue =
        (a, b) -> {
          int c = type.compare(d, a, d, b, k.nullsDirection());
          return k.descending() ? -c : c;
        };
    java.util.Arrays.sort(entries, byValue);
    int[] ranks = new int[entries.length];
    int rank = 0;
    for (int i = 0; i < entries.length; i++) {
      if (i > 0 && byValue.compare(entries[i - 1], entries[i]) != 0) {
        rank++;
      }
      ranks[entries[i]] = rank;
    }
    return ranks;
  }

  /** The first 8 bytes as a signed long of the same order. */
  static long prefix(StringColumn s, int row) {
    byte[] bytes = s.bytes();
    int start = s.offsets()[row];
    int n = Math.min(8, s.offsets()[row + 1] - start);
    long v = 0;
    for (int i = 0; i < n; i++) {
      v = v << 8 | bytes[start + i] & 0xFF;
    }
    return (n == 0 ? 0 : v << 8 * (8 - n)) ^ Long.MIN_VALUE;
  }

  /** Sorts longs and rows together by long, stable. */
  private void sortLongs(int from, int to) {
    int n = to - from;
    if (n <= INSERTION_MAX) {
      insertionSort(from, to);
      return;
    }
    if (isSorted(from, to)) {
      return;
    }
    if (n < 512) {
      mergeSortLongs(from, to);
    } else {
      radixSort(from, to);
    }
  }

  private boolean isSorted(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (longs[i - 1] > longs[i]) {
        return false;
      }
    }
    return true;
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long v = longs[i];
      int r = rows[i];
      int j = i;
      while (j > from && longs[j - 1] > v) {
        longs[j] = longs[j - 1];
        rows[j] = rows[j - 1];
        j--;
      }
      longs[j] = v;
      rows[j] = r;
    }
  }

  private void mergeSortLongs(int from, int to) {
    if (to - from <= INSERTION_MAX) {
      insertionSort(from, to);
      return;
    }
    int mid = (from + to) >>> 1;
    mergeSortLongs(from, mid);
    mergeSortLongs(mid, to);
    System.arraycopy(longs, from, scratchLongs, from, to - from);
    System.arraycopy(rows, from, scratchRows, from, to - from);
    int i = from;
    int j = mid;
    for (int k = from; k < to; k++) {
      boolean left = j >= to || i < mid && scratchLongs[i] <= scratchLongs[j];
      int p = left ? i++ : j++;
      longs[k] = scratchLongs[p];
      rows[k] = scratchRows[p];
    }
  }

  /** Least significant byte first; bytes that are the same everywhere are skipped. */
  private void radixSort(int from, int to) {
    int[][] counts = new int[8][256];
    for (int i = from; i < to; i++) {
      long v = longs[i] ^ Long.MIN_VALUE;
      for (int b = 0; b < 8; b++) {
        counts[b][(int) (v >>> 8 * b) & 0xFF]++;
      }
    }
    long[] fromLongs = longs;
    int[] fromRows = rows;
    long[] toLongs = scratchLongs;
    int[] toRows = scratchRows;
    for (int b = 0; b < 8; b++) {
      int[] count = counts[b];
      int first = (int) ((fromLongs[from] ^ Long.MIN_VALUE) >>> 8 * b) & 0xFF;
      if (count[first] == to - from) {
        continue;
      }
      passed(to - from);
      int sum = from;
      for (int d = 0; d < 256; d++) {
        int c = count[d];
        count[d] = sum;
        sum += c;
      }
      for (int i = from; i < to; i++) {
        long v = fromLongs[i];
        int p = count[(int) ((v ^ Long.MIN_VALUE) >>> 8 * b) & 0xFF]++;
        toLongs[p] = v;
        toRows[p] = fromRows[i];
      }
      long[] swapLongs = fromLongs;
      fromLongs = toLongs;
      toLongs = swapLongs;
      int[] swapRows = fromRows;
      fromRows = toRows;
      toRows = swapRows;
    }
    if (fromLongs != longs) {
      System.arraycopy(fromLongs, from, longs, from, to - from);
      System.arraycopy(fromRows, from, rows, from, to - from);
    }
  }

  /** Sorts rows by comparing one key, stable. */
  private void mergeSort(int from, int to, int key, Column column) {
    if (to - from <= 8) {
      for (int i = from + 1; i < to; i++) {
        int r = rows[i];
        int j = i;
        while (j > from && order.compareKey(key, column, rows[j - 1], column, r) > 0) {
          rows[j] = rows[j - 1];
          j--;
        }
        rows[j] = r;
      }
      return;
    }
    int mid = (from + to) >>> 1;
    mergeSort(from, mid, key, column);
    mergeSort(mid, to, key, column);
    passed(to - from);
    System.arraycopy(rows, from, scratchRows, from, to - from);
    int i = from;
    int j = mid;
    for (int k = from; k < to; k++) {
      boolean left =
          j >= to
              || i < mid
                  && order.compareKey(key, column, scratchRows[i], column, scratchRows[j]) <= 0;
      rows[k] = scratchRows[left ? i++ : j++];
    }
  }
}
