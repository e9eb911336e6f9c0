package io.longhouse.engine.exec;

import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.Numbers;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.window.WindowFrame;
import io.longhouse.function.window.WindowRows;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** Where the frames of sorted rows begin and end. */
final class WindowFrames {
  private final WindowFrame frame;
  private final int[] partitions;
  private final int[] peers;
  private final @Nullable RangeKey key;
  private final int[] begin;
  private final int[] end;

  private WindowFrames(
      WindowFrame frame, int rows, int[] partitions, int[] peers, @Nullable RangeKey key) {
    this.frame = frame;
    this.partitions = partitions;
    this.peers = peers;
    this.key = key;
    this.begin = new int[rows];
    this.end = new int[rows];
  }

  /**
   * @param rows number of rows
   * @param sortKey the one key of the order, for RANGE with offsets
   */
  static WindowRows.Frames of(
      WindowFrame frame,
      int rows,
      int[] partitions,
      int[] peers,
      @Nullable Column sortKey,
      Plan.@Nullable SortKey order,
      @Nullable DataType type) {
    RangeKey key = null;
    if (frame.unit() == WindowFrame.Unit.RANGE
        && (isOffset(frame.begin()) || isOffset(frame.end()))) {
      if (sortKey == null || order == null || type == null) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "The RANGE OFFSET window frame requires exactly one ORDER BY column");
      }
      key = RangeKey.of(sortKey, type, order.descending());
    }
    var f = new WindowFrames(frame, rows, partitions, peers, key);
    f.compute();
    return new WindowRows.Frames(f.begin, f.end);
  }

  private static boolean isOffset(long bound) {
    return bound != 0 && bound != Long.MIN_VALUE && bound != Long.MAX_VALUE;
  }

  private void compute() {
    int group = 0;
    for (int p = 0; p + 1 < partitions.length; p++) {
      int firstGroup = group;
      while (peers[group] < partitions[p + 1]) {
        group++;
      }
      bound(frame.begin(), p, firstGroup, group, begin, 0);
      bound(frame.end(), p, firstGroup, group, end, 1);
    }
    for (int i = 0; i < end.length; i++) {
      end[i] = Math.max(begin[i], end[i]);
    }
  }

  /**
   * One bound of all frames in a partition.
   *
   * @param firstGroup the partition's first group of peers, {@code groupEnd} behind its last
   * @param after 1 when the row that is named belongs to the frame's inside, so that the bound is
   *     behind it
   */
  private void bound(long offset, int p, int firstGroup, int groupEnd, int[] out, int after) {
    int from = partitions[p];
    int to = partitions[p + 1];
    if (offset == Long.MIN_VALUE || offset == Long.MAX_VALUE) {
      java.util.Arrays.fill(out, from, to, offset == Long.MIN_VALUE ? from : to);
      return;
    }
    if (frame.unit() == WindowFrame.Unit.ROWS) {
      for (int i = from; i < to; i++) {
        out[i] = (int) Math.clamp(i + offset + after, from, to);
      }
      return;
    }
    RangeKey k = key;
    if (frame.unit() == WindowFrame.Unit.RANGE && offset != 0 && k != null) {
      range(k, offset, from, to, out, after);
      return;
    }
    for (int g = firstGroup; g < groupEnd; g++) {
      int named = (int) Math.clamp(g + offset + after, firstGroup, groupEnd);
      java.util.Arrays.fill(out, peers[g], peers[g + 1], peers[named]);
    }
  }

  /** Bounds only ever move on from row to row. */
  private static void range(RangeKey k, long offset, int from, int to, int[] out, int after) {
    int at = from;
    for (int i = from; i < to; i++) {
      while (at < to && k.compare(at, i, offset) < after) {
        at++;
      }
      out[i] = at;
    }
  }

  /** The order key's values, for comparing one row's with another's plus an offset. */
  private record RangeKey(
      long @Nullable [] longs,
      double @Nullable [] doubles,
      byte @Nullable [] nulls,
      boolean descending) {
    static RangeKey of(Column column, DataType type, boolean descending) {
      DataType inner = NullableType.strip(LowCardinalityType.strip(type));
      Column c = column.plain();
      byte[] nulls = null;
      if (c instanceof NullableColumn n) {
        nulls = n.nulls();
        c = n.values();
      }
      if (inner instanceof FloatType) {
        double[] v = new double[c.size()];
        Numbers.toDoubles(c, 0, v.length, true, v);
        return new RangeKey(null, v, nulls, descending);
      }
      if (!inner.hasOrderLongs()) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "The RANGE OFFSET frame for an ORDER BY column of type "
                + type
                + " is not implemented");
      }
      long[] v = new long[c.size()];
      inner.orderLongs(c, 0, v.length, v);
      return new RangeKey(v, null, nulls, descending);
    }

    /** The order of row {@code row}'s value and row {@code reference}'s plus the offset. */
    int compare(int row, int reference, long offset) {
      int c = ascending(row, reference, descending ? -offset : offset);
      return descending ? -c : c;
    }

    private int ascending(int row, int reference, long offset) {
      byte[] n = nulls;
      if (n != null && (n[row] | n[reference]) != 0) {
        return n[row] == 0 ? 1 : n[reference] == 0 ? -1 : 0;
      }
      double[] d = doubles;
      if (d != null) {
        double wanted = d[reference] + offset;
        return d[row] < wanted ? -1 : d[row] == wanted ? 0 : 1;
      }
      long[] l = longs;
      return l == null ? 0 : compareDistance(l[row], l[reference], offset);
    }

    /** The sign of {@code a - b - offset}, which may not fit a long. */
    private static int compareDistance(long a, long b, long offset) {
      if (a >= b) {
        return offset < 0 ? 1 : Long.compareUnsigned(a - b, offset);
      }
      return offset >= 0 ? -1 : Long.compareUnsigned(-offset, b - a);
    }
  }
}
