package io.longhouse.engine.table.function;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import java.util.List;

/** {@code primes([[offset,] count[, step]])}. */
@Register(kind = TableFunction.class, name = "primes", doc = "Prime numbers in their order.")
final class PrimesFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.size() > 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function 'primes' requires 'limit' or 'offset, limit' or 'offset, limit, step'.");
    }
    long offset = args.size() > 1 ? arguments.number(args.get(0)) : 0;
    long count = args.isEmpty() ? -1 : arguments.number(args.get(args.size() > 1 ? 1 : 0));
    long step = args.size() > 2 ? arguments.number(args.get(2)) : 1;
    if (step == 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Table function 'primes' requires step to be a positive number");
    }
    return new PrimesTable(TableId.of("_table_function", "primes"), offset, count, step);
  }
}
