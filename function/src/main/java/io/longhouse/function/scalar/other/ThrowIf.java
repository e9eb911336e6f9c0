package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.logic.Truth;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Ends the query when a condition holds for any row. */
@Register(
    kind = FunctionFactory.class,
    name = "throwIf",
    category = "Other",
    doc = "Throws when the argument is true, with a message if one is given.")
final class ThrowIf implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count("throwIf", arguments, 1, 3);
    DataType type = arguments.getFirst().type();
    NumberShape shape = Truth.shape(type);
    if (shape == null) {
      throw Arguments.illegalType("throwIf", type);
    }
    String message = Arguments.optionalText("throwIf", arguments, 1, "Second argument");
    return new Call(
        shape, message == null ? "Value passed to 'throwIf' function is non-zero" : message);
  }

  private record Call(NumberShape shape, String message) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    /** It is for rows that reach it: a constant one is not computed ahead. */
    @Override
    public boolean isConstantInQuery() {
      return false;
    }

    @Override
    public boolean mayThrow() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] t = Truth.of(arguments[0], shape, rows).values();
      int any = 0;
      for (int r = 0; r < rows; r++) {
        any |= t[r];
      }
      if (any != 0) {
        throw new LonghouseException(ErrorCode.FUNCTION_THROW_IF_VALUE_IS_NON_ZERO, message);
      }
      return new ConstColumn(Int8Column.of((byte) 0), rows);
    }
  }
}
