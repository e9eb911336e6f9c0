package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.Scalars;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** The value of a sub-query that the server which asks has computed and sent under a name. */
@Register(
    kind = FunctionFactory.class,
    name = "__getScalar",
    category = "Internal",
    doc = "The value of that name which another server has sent along with its query.")
final class ScalarByName implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("__getScalar", arguments).count(1);
    if (!(s.type(0) instanceof StringType) || !arguments.get(0).isConstant()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Function __getScalar accepts one const string argument");
    }
    Scalars sent = context.service(Scalars.class);
    Argument value = sent == null ? null : sent.get(s.constantText(0));
    if (value != null && value.constant() instanceof Column c) {
      return new Sent(value.type(), c);
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Scalar " + s.constantText(0) + " doesn't exist (internal bug)");
  }

  /** A value as a function that ignores its argument. */
  private record Sent(DataType resultType, Column value) implements ScalarFunction {
    @Override
    public boolean isConstantInQuery() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return new ConstColumn(value, rows);
    }
  }
}
