package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.group.GroupTable;
import io.longhouse.engine.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LIMIT and OFFSET about the end of the rows or a share of them: all rows have to be there. */
final class RowSlices {
  private RowSlices() {}

  /** Rows {@code [begin, end)}. */
  private record Range(long begin, long end) {
    static Range of(long rows, Plan.@Nullable Amount limit, Plan.Amount offset) {
      long cut = Math.min(rows, count(offset, rows));
      long begin = offset.fromEnd() ? 0 : cut;
      long end = offset.fromEnd() ? rows - cut : rows;
      if (limit == null) {
        return new Range(begin, end);
      }
      long n = Math.min(end - begin, count(limit, rows));
      return limit.fromEnd() ? new Range(end - n, end) : new Range(begin, begin + n);
    }

    private static long count(Plan.Amount a, long rows) {
      return a.share() > 0 ? (long) Math.ceil(a.share() * rows) : a.rows();
    }
  }

  static Block slice(Block all, Plan.Slice s) {
    Range range = Range.of(all.rows(), s.limit(), s.offset());
    int begin = (int) range.begin;
    int end = (int) range.end;
    Plan.Amount limit = s.limit();
    if (!s.ties().isEmpty() && limit != null && begin < end) {
      var order = new RowComparison(s.ties(), s.header());
      Range open = Range.of(all.rows(), null, s.offset());
      if (limit.fromEnd()) {
        while (begin > open.begin && order.compare(all, begin - 1, all, (int) range.begin) == 0) {
          begin--;
        }
      } else {
        while (end < open.end && order.compare(all, end, all, (int) range.end - 1) == 0) {
          end++;
        }
      }
    }
    return all.slice(begin, end - begin);
  }

  static Block limitBy(Block all, Plan.LimitBy l) {
    int rows = all.rows();
    List<DataType> types = l.keys().stream().map(k -> l.header().type(k)).toList();
    GroupTable table = GroupTable.of(types);
    Column[] keys = new Column[types.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = all.column(l.keys().get(i)).full();
    }
    int[] groups = new int[rows];
    table.groups(keys, rows, groups);
    int[] sizes = new int[table.size()];
    for (int i = 0; i < rows; i++) {
      sizes[groups[i]]++;
    }
    var limit = new Plan.Amount(Math.abs(l.limit()), 0, l.limit() < 0);
    var offset = new Plan.Amount(Math.abs(l.offset()), 0, l.offset() < 0);
    int[] begins = new int[sizes.length];
    int[] ends = new int[sizes.length];
    for (int g = 0; g < sizes.length; g++) {
      Range range = Range.of(sizes[g], limit, offset);
      begins[g] = (int) range.begin;
      ends[g] = (int) range.end;
    }
    int[] seen = new int[sizes.length];
    int[] selected = new int[rows];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      int at = seen[groups[i]]++;
      if (at >= begins[groups[i]] && at < ends[groups[i]]) {
        selected[count++] = i;
      }
    }
    return all.select(selected, count);
  }
}
