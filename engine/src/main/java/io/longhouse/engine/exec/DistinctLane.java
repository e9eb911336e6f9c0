package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.group.GroupTable;
import io.longhouse.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first row of each key. */
final class DistinctLane implements Lane {
  private final Lane input;
  private final int[] keys;
  private final long limit;
  private final GroupTable table;
  private final QueryContext context;
  private final SizeLimit sizes;
  private long charged;
  private boolean full;
  private int[] groups = new int[0];

  DistinctLane(Lane input, Plan.Distinct distinct, QueryContext context) {
    this.input = input;
    this.keys = distinct.keys().stream().mapToInt(Integer::intValue).toArray();
    this.limit = distinct.limit();
    this.context = context;
    this.sizes = SizeLimit.ofDistinct(context.settings());
    List<DataType> types = new ArrayList<>();
    for (int k : keys) {
      types.add(distinct.header().type(k));
    }
    this.table = GroupTable.of(types);
  }

  @Override
  public @Nullable Block next() {
    if (full || limit > 0 && table.size() >= limit) {
      return null;
    }
    Block block = input.next();
    if (block == null || block.rows() == 0) {
      return block;
    }
    int before = table.size();
    int rows = block.rows();
    if (groups.length < rows) {
      groups = new int[rows];
    }
    Column[] columns = new Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      Column c = block.column(keys[i]);
      columns[i] = c instanceof ConstColumn ? c.full() : c;
    }
    table.groups(columns, rows, groups);
    long bytes = table.retainedBytes();
    context.memory().charge(bytes - charged);
    charged = bytes;
    full = sizes.isReached(table.size(), bytes);
    int[] selected = new int[rows];
    int count = 0;
    int next = before;
    for (int i = 0; i < rows; i++) {
      if (groups[i] == next) {
        selected[count++] = i;
        next++;
      }
    }
    return block.select(selected, count);
  }

  @Override
  public void close() {
    input.close();
  }
}
