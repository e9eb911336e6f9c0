package io.longhouse.function.scalar.other;

import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** ClickHouse hands scalars to other servers under such names; here there are none. */
@Register(
    kind = FunctionFactory.class,
    name = "__getScalar",
    category = "Internal",
    doc = "The scalar of that name; there is none.")
final class ScalarByName implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("__getScalar", arguments).count(1);
    if (!(s.type(0) instanceof StringType) || !arguments.get(0).isConstant()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Function __getScalar accepts one const string argument");
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Scalar " + s.constantText(0) + " doesn't exist (internal bug)");
  }
}
