package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Each block once for every grouping set: keys that do not belong to the set hold their type's
 * default, and the set's number goes along as one more key. The columns are the keys, the number,
 * then the arguments of all aggregates.
 */
final class GroupingSetsLane implements Lane {
  private final Lane input;
  private final Plan.Aggregate aggregate;
  private final Program program;
  private Column @Nullable [] current;
  private int rows;
  private int nextSet;

  GroupingSetsLane(Lane input, Plan.Aggregate aggregate) {
    this.input = input;
    this.aggregate = aggregate;
    List<Expr> all = new ArrayList<>(aggregate.keys());
    aggregate.aggregates().forEach(a -> all.addAll(a.arguments()));
    this.program = new Program(all);
  }

  @Override
  public @Nullable Block next() {
    Column[] columns = current;
    if (columns == null) {
      Block block = input.next();
      if (block == null) {
        return null;
      }
      columns = program.evaluate(block);
      current = columns;
      rows = block.rows();
      nextSet = 0;
    }
    List<Integer> set = aggregate.groupingSets().get(nextSet);
    int keys = aggregate.keys().size();
    Column[] out = new Column[columns.length + 1];
    for (int k = 0; k < keys; k++) {
      out[k] = set.contains(k) ? columns[k] : aggregate.keys().get(k).type().defaults(rows);
    }
    out[keys] = new ConstColumn(Int64Column.of(nextSet), rows);
    System.arraycopy(columns, keys, out, keys + 1, columns.length - keys);
    if (++nextSet == aggregate.groupingSets().size()) {
      current = null;
    }
    return new Block(out, rows);
  }

  @Override
  public void close() {
    input.close();
  }
}
