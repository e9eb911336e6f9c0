package io.longhouse.function.scalar.conditional;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** CASE with an operand: it is compared with one value after the other. */
@Register(
    kind = FunctionFactory.class,
    name = "caseWithExpression",
    aliases = "caseWithExpr",
    category = "Conditional",
    doc = "The result behind the first value that equals the operand, or the last argument.")
final class CaseWithExpression implements FunctionFactory {
  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public boolean handlesLowCardinality() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    int n = arguments.size();
    if (n < 4 || n % 2 != 0) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Invalid number of arguments for function caseWithExpression");
    }
    List<ScalarFunction> tests = new ArrayList<>();
    List<Argument> branches = new ArrayList<>();
    for (int i = 1; i + 1 < n; i += 2) {
      ScalarFunction test =
          Functions.resolve("equals", List.of(arguments.get(0), arguments.get(i)), context);
      tests.add(test);
      branches.add(Argument.of(test.resultType()));
      branches.add(arguments.get(i + 1));
    }
    branches.add(arguments.get(n - 1));
    return new Call(tests, Functions.resolve("multiIf", branches, context));
  }

  private record Call(List<ScalarFunction> tests, ScalarFunction choose) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return choose.resultType();
    }

    @Override
    public boolean mayThrow() {
      return tests.stream().anyMatch(ScalarFunction::mayThrow) || choose.mayThrow();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column[] inner = new Column[arguments.length - 1];
      for (int t = 0; t < tests.size(); t++) {
        Column[] pair = {arguments[0], arguments[2 * t + 1]};
        inner[2 * t] = tests.get(t).evaluate(pair, rows);
        inner[2 * t + 1] = arguments[2 * t + 2];
      }
      inner[inner.length - 1] = arguments[arguments.length - 1];
      return choose.evaluate(inner, rows);
    }
  }
}
