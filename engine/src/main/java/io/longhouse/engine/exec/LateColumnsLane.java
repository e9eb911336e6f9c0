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
  private final @Nullable PolicyGuard guard;

  /**
   * @param guard of the scan; null where no policy hides rows of it
   */
  LateColumnsLane(Lane input, Plan.LateColumns plan, Scan scan, @Nullable PolicyGuard guard) {
    this.input = input;
    this.plan = plan;
    this.names = plan.names();
    this.scan = scan;
    this.guard = guard;
  }

  @Override
  public @Nullable Block next() {
    Block b = input.next();
    if (b == null) {
      return null;
    }
    int rows = b.rows();
    long[] parts = longs(b.column(plan.address()), rows);
    long[] offsets = longs(b.column(plan.address() + 1), rows);
    Block late =
        guard == null
            ? scan.fetch(names, parts, offsets)
            : guard.late(() -> scan.fetch(names, parts, offsets));
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
