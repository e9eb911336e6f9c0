package io.longhouse.function.scalar.math;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Powers and factorials in whole numbers. */
@Register(
    kind = FunctionFactory.class,
    name = "intExp2",
    category = "Mathematical",
    doc = "2 to the power of the argument, a whole number.")
@Register(
    kind = FunctionFactory.class,
    name = "intExp10",
    category = "Mathematical",
    doc = "10 to the power of the argument, a whole number.")
@Register(
    kind = FunctionFactory.class,
    name = "factorial",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The product of all whole numbers up to the argument.")
final class WholePowers implements FunctionFactory {
  private final String name;

  WholePowers(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1);
    NumberShape shape = NumberShape.of(arguments.getFirst().type());
    boolean factorial = name.equals("factorial");
    if (factorial && (shape == null || !shape.isInteger() || shape.isWide())) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type of argument of function factorial, should not be floating point or big"
              + " int");
    }
    if (shape == null || shape.isWide() || shape.isDecimal()) {
      throw Arguments.illegalType(name, arguments.getFirst().type());
    }
    return new Call(name, shape);
  }

  private record Call(String name, NumberShape shape) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT64;
    }

    @Override
    public boolean mayThrow() {
      return name.equals("factorial");
    }

    @Override
    public int monotonicity(int argument) {
      return 1;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new DoubleOperand(arguments[0], shape, rows);
      var out = new LongSink(8, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          out.target()[out.offset() + k] = value(in.array()[in.offset() + k]);
        }
        out.advance(n);
      }
      return out.build();
    }

    private long value(double x) {
      return switch (name) {
        case "intExp2" -> x < 0 ? 0 : x >= 64 ? -1L : 1L << (int) x;
        case "intExp10" -> x < 0 ? 0 : x >= 20 ? -1L : power(10, (int) x);
        default -> {
          if (x > 20) {
            throw new LonghouseException(
                ErrorCode.BAD_ARGUMENTS,
                "The maximum value for the input argument of function factorial is 20");
          }
          long product = 1;
          for (int i = 2; i <= x; i++) {
            product *= i;
          }
          yield product;
        }
      };
    }

    private static long power(long base, int exponent) {
      long r = 1;
      for (int i = 0; i < exponent; i++) {
        r *= base;
      }
      return r;
    }
  }
}
