package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.Scan;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds columns that are read only now, for the rows that are left. */
final class LateColumnsLane implements Lane {
  private final Lane input;
  private final Plan.LateColumns plan;
  private final List<String> names;
  private final Scan scan;

  LateColumnsLane(Lane input, Plan.LateColumns plan, Scan scan) {
    this.input = input;
    this.plan = plan;
    this.names = plan.names();
    this.scan = scan;
  }

  @Override
  public @Nullable Block next() {
    Block b = input.next();
    if (b == null) {
      return null;
    }
    int rows = b.rows();
    Block late =
        scan.fetch(
            names,
            longs(b.column(plan.address()), rows),
            longs(b.column(plan.address() + 1), rows));
    Column[] columns = new Column[plan.places().size()];
    int nextLate = 0;
    for (int i = 0; i < columns.length; i++) {
      int place = plan.places().get(i);
      columns[i] = place < 0 ? late.column(nextLate++) : b.column(place);
    }
    return new Block(columns, rows);
  }

  private static long[] longs(Column column, int rows) {
    return Arrays.copyOf(((Int64Column) column.full()).values(), rows);
  }

  @Override
  public void close() {
    input.close();
  }
}
