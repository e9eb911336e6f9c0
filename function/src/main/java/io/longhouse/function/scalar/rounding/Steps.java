package io.longhouse.function.scalar.rounding;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.DoubleSink;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** Rounding down to given steps. */
@Register(
    kind = FunctionFactory.class,
    name = "roundToExp2",
    category = "Rounding",
    doc = "The next power of two toward zero.")
@Register(
    kind = FunctionFactory.class,
    name = "roundDuration",
    category = "Rounding",
    doc = "Seconds rounded down to customary durations of visits.")
@Register(
    kind = FunctionFactory.class,
    name = "roundAge",
    category = "Rounding",
    doc = "Years rounded down to customary groups of ages.")
@Register(
    kind = FunctionFactory.class,
    name = "roundDown",
    category = "Rounding",
    doc = "The largest element of an array that is not above the number, or the least one.")
final class Steps implements FunctionFactory {
  private static final int[] DURATIONS = {
    1, 10, 30, 60, 120, 180, 240, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000
  };

  private final String name;

  Steps(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, name.equals("roundDown") ? 2 : 1);
    DataType type = arguments.getFirst().type();
    NumberShape shape = NumberShape.of(type);
    if (name.equals("roundDown")) {
      if (shape == null) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Unsupported type "
                + type
                + " of first argument of function roundDown, must be numeric type");
      }
      return roundDown(arguments, context);
    }
    if (shape == null || shape.isWide() || shape.isDecimal()) {
      throw Arguments.illegalType(name, type);
    }
    return name.equals("roundToExp2") ? new Exp2(shape) : new Fixed(shape, name.equals("roundAge"));
  }

  private static ScalarFunction roundDown(List<Argument> arguments, FunctionContext context) {
    DataType type = arguments.getFirst().type();
    Argument steps = arguments.get(1);
    if (!(steps.type() instanceof ArrayType a) || NumberShape.of(a.element()) == null) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Unsupported type "
              + steps.type()
              + " of second argument of function roundDown, must be array of boundaries to round"
              + " to.");
    }
    if (steps.constant() == null) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN,
          "Unsupported column type of second argument of function roundDown, must be constant"
              + " array");
    }
    DataType common = CommonType.of(type, a.element());
    var array = (ArrayColumn) steps.constant().full();
    int n = array.lengthAt(0);
    if (n == 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Empty array is illegal for boundaries in roundDown function");
    }
    Column values =
        Casts.of(a.element(), common, context).apply(array.elements().slice(0, n), n).full();
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (i, j) -> common.compare(values, i, values, j, 1));
    int[] sorted = Arrays.stream(order).mapToInt(i -> i).toArray();
    return new Down(common, Casts.of(type, common, context), values.gather(sorted, n));
  }

  private record Down(DataType resultType, Cast cast, Column steps) implements ScalarFunction {
    @Override
    public int monotonicity(int argument) {
      return argument == 0 ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column x = cast.apply(arguments[0], rows).full();
      int[] which = new int[rows];
      for (int r = 0; r < rows; r++) {
        int low = 0;
        int high = steps.size() - 1;
        while (low < high) {
          int mid = low + high + 1 >>> 1;
          if (resultType.compare(steps, mid, x, r, 1) <= 0) {
            low = mid;
          } else {
            high = mid - 1;
          }
        }
        which[r] = low;
      }
      return steps.gather(which, rows);
    }
  }

  private record Exp2(NumberShape shape) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return shape.type();
    }

    @Override
    public int monotonicity(int argument) {
      return 1;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return shape.isFloat() ? floats(arguments[0], rows) : longs(arguments[0], rows);
    }

    private Column floats(Column x, int rows) {
      var in = new DoubleOperand(x, shape, rows);
      var out = new DoubleSink(shape.bytes(), rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          long bits = Double.doubleToRawLongBits(in.array()[in.offset() + k]);
          out.target()[out.offset() + k] = Double.longBitsToDouble(bits & 0xFFF0000000000000L);
        }
        out.advance(n);
      }
      return out.build();
    }

    private Column longs(Column x, int rows) {
      var in = new LongOperand(x, shape.signed(), rows);
      var out = new LongSink(shape.bytes(), rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          long v = in.array()[in.offset() + k];
          out.target()[out.offset() + k] = shape.signed() && v < 0 ? 0 : Long.highestOneBit(v);
        }
        out.advance(n);
      }
      return out.build();
    }
  }

  private record Fixed(NumberShape shape, boolean age) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return age ? IntegerType.UINT8 : IntegerType.UINT16;
    }

    @Override
    public int monotonicity(int argument) {
      return 1;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new DoubleOperand(arguments[0], shape, rows);
      var out = new LongSink(age ? 1 : 2, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          double x = in.array()[in.offset() + k];
          out.target()[out.offset() + k] = age ? ofAge(x) : ofDuration(x);
        }
        out.advance(n);
      }
      return out.build();
    }

    private static int ofAge(double x) {
      if (x < 1) {
        return 0;
      }
      return x < 18 ? 17 : x < 25 ? 18 : x < 35 ? 25 : x < 45 ? 35 : x < 55 ? 45 : 55;
    }

    private static int ofDuration(double x) {
      int at = 0;
      for (int d : DURATIONS) {
        at = x >= d ? d : at;
      }
      return at;
    }
  }
}
