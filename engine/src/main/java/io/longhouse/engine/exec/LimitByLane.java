package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.group.GroupTable;
import io.longhouse.engine.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few rows of each key. */
final class LimitByLane implements Lane {
  private final Lane input;
  private final Plan.LimitBy limit;
  private final GroupTable table;
  private long[] seen = new long[16];

  LimitByLane(Lane input, Plan.LimitBy limit) {
    this.input = input;
    this.limit = limit;
    List<DataType> types = new ArrayList<>();
    for (int k : limit.keys()) {
      types.add(limit.header().type(k));
    }
    this.table = GroupTable.of(types);
  }

  @Override
  public @Nullable Block next() {
    Block block = input.next();
    if (block == null || block.rows() == 0) {
      return block;
    }
    int rows = block.rows();
    Column[] keys = new Column[limit.keys().size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = block.column(limit.keys().get(i)).full();
    }
    int[] groups = new int[rows];
    table.groups(keys, rows, groups);
    if (seen.length < table.size()) {
      seen = Arrays.copyOf(seen, Math.max(table.size(), seen.length * 2));
    }
    int[] selected = new int[rows];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      long n = seen[groups[i]]++;
      if (n >= limit.offset() && n - limit.offset() < limit.limit()) {
        selected[count++] = i;
      }
    }
    return block.select(selected, count);
  }

  @Override
  public void close() {
    input.close();
  }
}
