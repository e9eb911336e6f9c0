package io.longhouse.function.scalar.math;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.conditional.Choice;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Whether numbers are ordinary, and what sign they have. */
@Register(
    kind = FunctionFactory.class,
    name = "isNaN",
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "Whether the argument is not a number.")
@Register(
    kind = FunctionFactory.class,
    name = "isFinite",
    category = "Arithmetic",
    doc = "Whether the argument is neither infinite nor NaN.")
@Register(
    kind = FunctionFactory.class,
    name = "isInfinite",
    category = "Arithmetic",
    doc = "Whether the argument is infinite.")
@Register(
    kind = FunctionFactory.class,
    name = "sign",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "-1, 0 or 1 for negative numbers, zero and positive ones.")
@Register(
    kind = FunctionFactory.class,
    name = "ifNotFinite",
    category = "Arithmetic",
    doc = "The first argument where it is finite, else the second.")
final class NumberTests implements FunctionFactory {
  private final String name;

  NumberTests(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, name.equals("ifNotFinite") ? 2 : 1);
    DataType type = arguments.getFirst().type();
    NumberShape shape = NumberShape.of(type);
    boolean decimals = name.equals("sign");
    if (shape == null
        || shape.isDecimal() && !decimals
        || decimals && shape.isFloat() && shape.bytes() == 2) {
      throw decimals
          ? Arguments.illegalType(name, type)
          : new LonghouseException(
              ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
              "Argument for function " + name + " must be a number");
    }
    if (name.equals("ifNotFinite")) {
      DataType other = arguments.get(1).type();
      DataType common = CommonType.of(type, other);
      return new IfNotFinite(
          shape, common, Casts.of(type, common, context), Casts.of(other, common, context));
    }
    return new Call(name, shape);
  }

  private record Call(String name, NumberShape shape) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return name.equals("sign") ? IntegerType.INT8 : IntegerType.UINT8;
    }

    @Override
    public int monotonicity(int argument) {
      return name.equals("sign") ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (!shape.isFloat() && !name.equals("sign")) {
        byte answer = (byte) (name.equals("isFinite") ? 1 : 0);
        return new ConstColumn(Int8Column.of(answer), rows);
      }
      var in = new DoubleOperand(arguments[0], shape, rows);
      byte[] out = new byte[rows];
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        kernel(in.array(), in.offset(), out, from, n);
      }
      return new Int8Column(out, rows);
    }

    private void kernel(double[] v, int i, byte[] out, int o, int n) {
      switch (name) {
        case "isNaN" -> {
          for (int k = 0; k < n; k++) {
            out[o + k] = (byte) (Double.isNaN(v[i + k]) ? 1 : 0);
          }
        }
        case "isFinite" -> {
          for (int k = 0; k < n; k++) {
            out[o + k] = (byte) (Double.isFinite(v[i + k]) ? 1 : 0);
          }
        }
        case "isInfinite" -> {
          for (int k = 0; k < n; k++) {
            out[o + k] = (byte) (Double.isInfinite(v[i + k]) ? 1 : 0);
          }
        }
        default -> {
          for (int k = 0; k < n; k++) {
            double x = v[i + k];
            out[o + k] = (byte) (x < 0 ? -1 : x == 0 ? 0 : 1);
          }
        }
      }
    }
  }

  private record IfNotFinite(NumberShape shape, DataType resultType, Cast first, Cast second)
      implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new DoubleOperand(arguments[0], shape, rows);
      int[] which = new int[rows];
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          which[from + k] = Double.isFinite(in.array()[in.offset() + k]) ? 0 : 1;
        }
      }
      Column[] sources = {first.apply(arguments[0], rows), second.apply(arguments[1], rows)};
      return Choice.of(resultType, sources, which, rows);
    }
  }
}
