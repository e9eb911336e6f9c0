package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nearest row in an order: for a left row and the right rows with its keys, the one whose last
 * key is closest on the side that the comparison says. Among right rows of equal value the first
 * one counts.
 */
final class JoinAsof {
  private static final List<String> COMPARISONS =
      List.of("less", "lessOrEquals", "greater", "greaterOrEquals");

  private final JoinTable table;
  private final DataType type;
  private final Column values;
  private final long @Nullable [] ordered;
  private final boolean leftIsGreater;
  private final boolean orEqual;
  private final int[] offsets;

  private JoinAsof(
      JoinTable table,
      DataType type,
      Column values,
      long @Nullable [] ordered,
      int[] offsets,
      String comparison) {
    this.table = table;
    this.type = type;
    this.values = values;
    this.ordered = ordered;
    this.offsets = offsets;
    this.leftIsGreater = comparison.startsWith("greater");
    this.orEqual = comparison.endsWith("OrEquals");
  }

  /**
   * Sorts the rows of every group by the values.
   *
   * @param values of all right rows, no NULLs among those in the table
   */
  static JoinAsof of(JoinTable table, DataType keyType, Column keyValues, String comparison) {
    DataType type = NullableType.strip(LowCardinalityType.strip(keyType));
    Column values = keyValues.plain();
    if (values instanceof io.longhouse.column.NullableColumn n) {
      values = n.values();
    }
    if (!COMPARISONS.contains(comparison)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "ASOF JOIN with the comparison " + comparison);
    }
    int[] rows = table.rows();
    int[] offsets = table.isUnique() ? ofUnique(rows) : table.offsets();
    int count = offsets[offsets.length - 1];
    int[] order = sorted(table, type, values, offsets);
    System.arraycopy(order, 0, rows, 0, count);
    long[] ordered = null;
    if (type.hasOrderLongs()) {
      long[] all = new long[values.size()];
      type.orderLongs(values, 0, values.size(), all);
      ordered = new long[count];
      for (int i = 0; i < count; i++) {
        ordered[i] = all[rows[i]];
      }
    }
    return new JoinAsof(table, type, values, ordered, offsets, comparison);
  }

  /** Closes the gaps of groups without rows. */
  private static int[] ofUnique(int[] rows) {
    int[] offsets = new int[rows.length + 1];
    int n = 0;
    for (int g = 0; g < rows.length; g++) {
      if (rows[g] >= 0) {
        rows[n++] = rows[g];
      }
      offsets[g + 1] = n;
    }
    return offsets;
  }

  /** The rows group by group, each group in the order of the values, stable. */
  private static int[] sorted(JoinTable table, DataType type, Column values, int[] offsets) {
    int[] rows = table.rows();
    int count = offsets[offsets.length - 1];
    int[] group = new int[count];
    for (int g = 0; g + 1 < offsets.length; g++) {
      java.util.Arrays.fill(group, offsets[g], offsets[g + 1], g);
    }
    var block =
        new Block(
            new Column[] {
              new io.longhouse.column.Int32Column(group, count), values.gather(rows, count)
            },
            count);
    var header =
        new io.longhouse.column.Header(
            List.of(
                new io.longhouse.column.Header.Field(
                    "group", io.longhouse.column.type.IntegerType.INT32),
                new io.longhouse.column.Header.Field("value", type)));
    var keys =
        List.of(new Plan.SortKey(0, false, false, null), new Plan.SortKey(1, false, false, null));
    int[] order = SortPermutation.of(block, keys, header);
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = rows[order[i]];
    }
    return out;
  }

  /** Writes for each row the right row that it meets, or -1. */
  void find(int[] groups, Column keyValues, int count, int[] out) {
    Column v = keyValues instanceof ConstColumn ? keyValues.full().plain() : keyValues.plain();
    if (v instanceof io.longhouse.column.NullableColumn n) {
      v = n.values();
    }
    int[] rows = table.rows();
    long[] sorted = ordered;
    long[] left = new long[sorted == null ? 0 : count];
    if (sorted != null) {
      type.orderLongs(v, 0, count, left);
    }
    for (int r = 0; r < count; r++) {
      int g = groups[r];
      int at = -1;
      if (g >= 0) {
        at =
            sorted != null
                ? nearest(sorted, offsets[g], offsets[g + 1], left[r])
                : nearest(offsets[g], offsets[g + 1], v, r);
      }
      out[r] = at < 0 ? -1 : rows[at];
    }
  }

  /** A place in {@code [from, to)}, or -1. */
  private int nearest(long[] sorted, int from, int to, long value) {
    if (!leftIsGreater) {
      int at = orEqual ? lowerBound(sorted, from, to, value) : upperBound(sorted, from, to, value);
      return at == to ? -1 : at;
    }
    int end = orEqual ? upperBound(sorted, from, to, value) : lowerBound(sorted, from, to, value);
    return end == from ? -1 : lowerBound(sorted, from, end, sorted[end - 1]);
  }

  /** The first place whose value is not less. */
  private static int lowerBound(long[] sorted, int from, int to, long value) {
    while (from < to) {
      int mid = (from + to) >>> 1;
      if (sorted[mid] < value) {
        from = mid + 1;
      } else {
        to = mid;
      }
    }
    return from;
  }

  /** The first place whose value is greater. */
  private static int upperBound(long[] sorted, int from, int to, long value) {
    while (from < to) {
      int mid = (from + to) >>> 1;
      if (sorted[mid] <= value) {
        from = mid + 1;
      } else {
        to = mid;
      }
    }
    return from;
  }

  private int nearest(int from, int to, Column v, int row) {
    if (!leftIsGreater) {
      int at = bound(from, to, v, row, !orEqual);
      return at == to ? -1 : at;
    }
    int end = bound(from, to, v, row, orEqual);
    return end == from ? -1 : bound(from, end, values, table.rows()[end - 1], false);
  }

  /** The first place whose value is not less, or greater, than a value. */
  private int bound(int from, int to, Column v, int row, boolean greater) {
    int[] rows = table.rows();
    while (from < to) {
      int mid = (from + to) >>> 1;
      int c = type.compare(values, rows[mid], v, row, 1);
      if (c < 0 || greater && c == 0) {
        from = mid + 1;
      } else {
        to = mid;
      }
    }
    return from;
  }

  long retainedBytes() {
    long[] o = ordered;
    return 4L * offsets.length + (o == null ? 0 : 8L * o.length);
  }
}
