package io.longhouse.engine.table.function;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import java.util.List;

/** {@code numbers([offset,] count[, step])}, {@code zeros(count)} and their {@code _mt} forms. */
@Register(kind = TableFunction.class, name = "numbers", doc = "Rows with consecutive numbers.")
@Register(
    kind = TableFunction.class,
    name = "numbers_mt",
    doc = "Rows with consecutive numbers, made in parallel.")
@Register(kind = TableFunction.class, name = "zeros", doc = "Rows with zeros.")
@Register(kind = TableFunction.class, name = "zeros_mt", doc = "Rows with zeros, made in parallel.")
final class NumbersFunction implements TableFunction {
  private final boolean zeros;
  private final boolean parallel;

  NumbersFunction(String name) {
    this.zeros = name.startsWith("zeros");
    this.parallel = name.endsWith("_mt");
  }

  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.size() > (zeros ? 1 : 3)) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function '"
              + call.name()
              + "' requires 'limit' or 'offset, limit' or 'offset, limit, step'.");
    }
    long offset = args.size() > 1 ? arguments.number(args.get(0)) : 0;
    long count = args.isEmpty() ? -1 : arguments.number(args.get(args.size() > 1 ? 1 : 0));
    long step = args.size() > 2 ? arguments.number(args.get(2)) : 1;
    if (step == 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Table function '" + call.name() + "' requires a step that is not 0");
    }
    if (args.size() > 2) {
      count = Long.divideUnsigned(count + step - 1, step);
    }
    DataType type = zeros ? IntegerType.UINT8 : IntegerType.UINT64;
    return new NumbersTable(
        TableId.of("_table_function", call.name()),
        zeros ? "zero" : "number",
        type,
        offset,
        count,
        step,
        parallel);
  }
}
