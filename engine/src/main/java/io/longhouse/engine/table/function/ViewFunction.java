package io.longhouse.engine.table.function;

import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.View;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Subquery;
import java.util.List;

/** {@code view(SELECT ...)}: a query in the place of a table. */
@Register(
    kind = TableFunction.class,
    name = "view",
    caseInsensitive = true,
    doc = "A query in the place of a table.")
final class ViewFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    if (call.arguments().size() != 1
        || !(call.arguments().getFirst().bare() instanceof Subquery s)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Table function 'view' requires a query argument.");
    }
    Plan plan = arguments.plan(s.query());
    return new Inline(
        s.query(),
        plan.header().fields().stream().map(f -> ColumnDefinition.of(f.name(), f.type())).toList());
  }

  private record Inline(Query query, List<ColumnDefinition> columns) implements View {
    @Override
    public TableId id() {
      return TableId.of("_table_function", "view");
    }

    @Override
    public String engine() {
      return "View";
    }
  }
}
