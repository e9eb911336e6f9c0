package io.longhouse.engine.table.function;

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

/** {@code generate_series(start, stop[, step])}: both ends are in it. */
@Register(
    kind = TableFunction.class,
    name = "generateSeries",
    doc = "Numbers from a first to a last one, both included.")
@Register(
    kind = TableFunction.class,
    name = "generate_series",
    doc = "Numbers from a first to a last one, both included.")
final class GenerateSeriesFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.size() < 2 || args.size() > 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function '" + call.name() + "' requires 'length' or 'offset, length'.");
    }
    long start = arguments.number(args.get(0));
    long stop = arguments.number(args.get(1));
    long step = args.size() > 2 ? arguments.number(args.get(2)) : 1;
    if (step == 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Table function '" + call.name() + "' requires step to be a non-zero number");
    }
    long count =
        Long.compareUnsigned(start, stop) > 0 ? 0 : Long.divideUnsigned(stop - start, step) + 1;
    return new NumbersTable(
        TableId.of("_table_function", call.name()),
        "generate_series",
        IntegerType.UINT64,
        start,
        count,
        step,
        false);
  }
}
