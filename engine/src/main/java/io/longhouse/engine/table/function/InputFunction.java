package io.longhouse.engine.table.function;

import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.insert.InsertSource;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;
import java.util.List;

/** {@code input('structure')}: the rows that come with an INSERT, to be changed on the way in. */
@Register(
    kind = TableFunction.class,
    name = "input",
    doc = "The rows that come with an INSERT ... SELECT.")
final class InputFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    if (call.arguments().size() != 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function 'input' requires exactly 1 argument: structure");
    }
    InsertSource source = arguments.context().service(InsertSource.class);
    if (source == null) {
      throw new LonghouseException(
          ErrorCode.INVALID_USAGE_OF_INPUT,
          "Input stream is not initialized, input() must be used only in INSERT SELECT query");
    }
    List<ColumnDefinition> columns = Structure.parse(arguments.text(call.arguments().getFirst()));
    source.describe(columns);
    return new Input(columns, source);
  }

  private record Input(List<ColumnDefinition> columns, InsertSource source) implements Table {
    @Override
    public TableId id() {
      return TableId.of("_table_function", "input");
    }

    @Override
    public String engine() {
      return "Input";
    }

    @Override
    public Scan scan(ScanRequest request, QueryContext context) {
      List<String> names = columns.stream().map(ColumnDefinition::name).toList();
      int[] places = request.columns().stream().mapToInt(names::indexOf).toArray();
      return _ -> {
        Lane rows = source.rows(columns);
        return List.of(() -> {
          var block = rows.next();
          return block == null ? null : block.project(places);
        });
      };
    }
  }
}
