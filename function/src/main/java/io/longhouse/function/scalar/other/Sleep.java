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
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Waits, for tests of what happens meanwhile. */
@Register(
    kind = FunctionFactory.class,
    name = "sleep",
    category = "Other",
    doc = "Waits that many seconds for each block.")
@Register(
    kind = FunctionFactory.class,
    name = "sleepEachRow",
    category = "Other",
    doc = "Waits that many seconds for each row.")
final class Sleep implements FunctionFactory {
  private final String name;

  Sleep(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesConstants() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1);
    Argument a = arguments.getFirst();
    NumberShape shape = NumberShape.of(a.type());
    if (shape == null || shape.isDecimal() || shape.isWide()) {
      throw Arguments.illegalType(name, a.type());
    }
    if (a.constant() == null) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN, "The argument of function " + name + " must be constant.");
    }
    double seconds = new DoubleOperand(new ConstColumn(a.constant(), 1), shape, 1).constantValue();
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Cannot sleep infinite or negative time (not implemented)");
    }
    long maxUs = context.number("function_sleep_max_microseconds_per_block", 3_000_000);
    return new Call(seconds, name.equals("sleepEachRow"), maxUs);
  }

  private record Call(double seconds, boolean eachRow, long maxUs) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

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
      if (rows > 0) {
        double total = seconds * (eachRow ? rows : 1);
        if (maxUs > 0 && total * 1e6 > maxUs) {
          throw new LonghouseException(
              ErrorCode.TOO_SLOW,
              "The maximum sleep time is "
                  + maxUs
                  + " microseconds. Requested: "
                  + (long) (total * 1e6)
                  + " microseconds per block");
        }
        pause((long) (total * 1e9));
      }
      return new ConstColumn(Int8Column.of((byte) 0), rows);
    }

    private static void pause(long nanos) {
      try {
        Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LonghouseException(
            ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled while it slept", e);
      }
    }
  }
}
