package io.longhouse.engine.table.function;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.memory.NullTable;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;

/** {@code null('structure')}: takes rows and keeps none. */
@Register(kind = TableFunction.class, name = "null", doc = "Takes rows and keeps none.")
final class NullFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    if (call.arguments().size() != 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function 'null' requires 'structure'.");
    }
    return new NullTable(
        TableId.of("_table_function", "null"),
        Structure.parse(arguments.text(call.arguments().getFirst())),
        null);
  }
}
