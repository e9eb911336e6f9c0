package io.longhouse.function.scalar.rounding;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.DoubleSink;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;
import java.util.List;

/** round, floor, ceil, trunc and roundBankers, with a number of digits behind the point. */
@Register(
    kind = FunctionFactory.class,
    name = "round",
    caseInsensitive = true,
    category = "Rounding",
    doc = "The nearest number with that many digits behind the point.")
@Register(
    kind = FunctionFactory.class,
    name = "roundBankers",
    category = "Rounding",
    doc = "The nearest number with that many digits, halves to the even one.")
@Register(
    kind = FunctionFactory.class,
    name = "floor",
    caseInsensitive = true,
    category = "Rounding",
    doc = "The next number down with that many digits behind the point.")
@Register(
    kind = FunctionFactory.class,
    name = "ceil",
    aliases = "ceiling",
    caseInsensitive = true,
    category = "Rounding",
    doc = "The next number up with that many digits behind the point.")
@Register(
    kind = FunctionFactory.class,
    name = "trunc",
    aliases = "truncate",
    caseInsensitive = true,
    category = "Rounding",
    doc = "The number with the digits behind those cut off.")
final class Rounding implements FunctionFactory {
  private enum Mode {
    ROUND,
    BANKERS,
    FLOOR,
    CEIL,
    TRUNC
  }

  private final String name;
  private final Mode mode;

  Rounding(String name) {
    this.name = name;
    this.mode =
        switch (name) {
          case "round" -> Mode.ROUND;
          case "roundBankers" -> Mode.BANKERS;
          case "floor" -> Mode.FLOOR;
          case "ceil" -> Mode.CEIL;
          default -> Mode.TRUNC;
        };
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1, 2);
    DataType type = arguments.getFirst().type();
    NumberShape shape = NumberShape.of(type);
    if (shape == null) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "A value of illegal type was provided as 1st argument 'x' to function '"
              + name
              + "'. Expected: A number to round, got: "
              + type);
    }
    boolean digitsSigned = true;
    if (arguments.size() == 2) {
      DataType digits = arguments.get(1).type();
      NumberShape d = NumberShape.of(digits);
      if (d == null || !d.isInteger() || d.isWide()) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "A value of illegal type was provided as 2nd argument 'N' to function '"
                + name
                + "'. Expected: The number of decimal places to round to, got: "
                + digits);
      }
      digitsSigned = d.signed();
    }
    return new Call(mode, shape, type, digitsSigned);
  }

  private record Call(Mode mode, NumberShape shape, DataType resultType, boolean digitsSigned)
      implements ScalarFunction {
    @Override
    public int monotonicity(int argument) {
      return argument == 0 ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (arguments.length == 1) {
        return byDigits(arguments[0], 0, rows);
      }
      var digits = new LongOperand(arguments[1], digitsSigned, rows);
      if (digits.isConstant()) {
        return byDigits(arguments[0], checked(digits.constantValue()), rows);
      }
      var out = resultType.newBuilder(rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        digits.load(from, n);
        for (int k = 0; k < n; k++) {
          int d = checked(digits.array()[digits.offset() + k]);
          out.append(byDigits(arguments[0].slice(from + k, 1), d, 1).full(), 0);
        }
      }
      return out.build();
    }

    /** The digits are 16 bits wide in ClickHouse. */
    private static int checked(long digits) {
      if (digits != (short) digits) {
        throw new LonghouseException(
            ErrorCode.ARGUMENT_OUT_OF_BOUND, "Scale argument for rounding function is too large");
      }
      return (int) digits;
    }

    private Column byDigits(Column x, int digits, int rows) {
      if (shape.isFloat()) {
        return floats(x, digits, rows);
      }
      int cut = shape.scale() - digits;
      if (cut <= 0 || shape.isDecimal() && digits == Short.MIN_VALUE) {
        return x instanceof ConstColumn c ? c.full() : x;
      }
      return shape.isWide() ? wide(x, cut, rows) : longs(x, cut, rows);
    }

    private Column floats(Column x, int digits, int rows) {
      // ClickHouse's powers of ten are 64 bits wide and end at the largest number.
      double scale = Math.abs(digits) > 19 ? 0x1p64 : Math.pow(10, Math.abs(digits));
      boolean single = shape.bytes() < 8;
      var in = new DoubleOperand(x, shape, rows);
      var out = new DoubleSink(shape.bytes(), rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        double[] v = in.array();
        int i = in.offset();
        for (int k = 0; k < n; k++) {
          double exact = digits == 0 ? v[i + k] : digits > 0 ? v[i + k] * scale : v[i + k] / scale;
          double scaled = single ? (float) exact : exact;
          double whole =
              switch (mode) {
                case ROUND, BANKERS -> Math.rint(scaled);
                case FLOOR -> Math.floor(scaled);
                case CEIL -> Math.ceil(scaled);
                case TRUNC -> scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled);
              };
          double r = digits == 0 ? whole : digits > 0 ? whole / scale : whole * scale;
          out.target()[out.offset() + k] = Double.isFinite(r) ? r : v[i + k];
        }
        out.advance(n);
      }
      return out.build();
    }

    /** Whole numbers, with the wrapping of their width that the arithmetic of C++ has. */
    private Column longs(Column x, int cut, int rows) {
      var out = new LongSink(shape.bytes(), rows);
      var in = new LongOperand(x, shape.signed(), rows);
      boolean huge = !shape.signed() && shape.bytes() == 8;
      boolean vanishes = cut > 18 && !(huge && cut == 19);
      long scale = vanishes ? 0 : cut == 19 ? 0x8AC7230489E80000L : WideWords.powerOfTen(cut);
      int unused = 64 - 8 * shape.bytes();
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          long v = in.array()[in.offset() + k];
          long r = vanishes ? 0 : huge ? unsigned(v, scale) : signed(v, scale, unused);
          out.target()[out.offset() + k] = r;
        }
        out.advance(n);
      }
      return out.build();
    }

    private long signed(long x, long scale, int unused) {
      long v = x;
      switch (mode) {
        case TRUNC -> {
          return v / scale * scale;
        }
        case FLOOR -> {
          v = v < 0 ? v - (scale - 1) << unused >> unused : v;
          return v / scale * scale;
        }
        case CEIL -> {
          v = v >= 0 ? v + (scale - 1) : v;
          return v / scale * scale;
        }
        case ROUND -> {
          v = v < 0 ? v - scale << unused >> unused : v;
          return (v + scale / 2) / scale * scale;
        }
        default -> {
          long q = v / scale;
          long rest = Math.abs(v % scale);
          boolean away = rest > scale / 2 || rest == scale / 2 && (q & 1) != 0;
          return (away ? q + (v < 0 ? -1 : 1) : q) * scale;
        }
      }
    }

    private long unsigned(long x, long scale) {
      long v =
          switch (mode) {
            case CEIL -> x + (scale - 1);
            case ROUND -> x + scale / 2;
            default -> x;
          };
      long q = Long.divideUnsigned(v, scale);
      if (mode == Mode.BANKERS) {
        long rest = Long.remainderUnsigned(x, scale);
        int order = Long.compareUnsigned(rest, scale >>> 1);
        q += order > 0 || order == 0 && (q & 1) != 0 ? 1 : 0;
      }
      return q * scale;
    }

    private Column wide(Column x, int cut, int rows) {
      int words = shape.words();
      BigInteger scale = BigInteger.TEN.pow(Math.min(cut, 100));
      var in = new WideOperand(x, shape.signed(), words, rows);
      long[] out = new long[rows * words];
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          BigInteger v =
              WideWords.value(in.array(), in.offset() + k * words, words, shape.signed());
          WideWords.set(out, (from + k) * words, words, rounded(v, scale));
        }
      }
      return new WideColumn(out, words, rows);
    }

    private BigInteger rounded(BigInteger v, BigInteger scale) {
      BigInteger[] qr = v.divideAndRemainder(scale);
      int half = qr[1].abs().shiftLeft(1).compareTo(scale);
      boolean away =
          switch (mode) {
            case TRUNC -> false;
            case FLOOR -> qr[1].signum() < 0;
            case CEIL -> qr[1].signum() > 0;
            case ROUND -> half >= 0;
            case BANKERS -> half > 0 || half == 0 && qr[0].testBit(0);
          };
      return (away ? qr[0].add(BigInteger.valueOf(v.signum())) : qr[0]).multiply(scale);
    }
  }
}
