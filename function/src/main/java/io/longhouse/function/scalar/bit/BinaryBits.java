package io.longhouse.function.scalar.bit;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.LongKernel;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideKernel;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bitwise operations of two arguments. */
@Register(
    kind = FunctionFactory.class,
    name = "bitAnd",
    category = "Bit",
    doc = "The bits that both arguments have.")
@Register(
    kind = FunctionFactory.class,
    name = "bitOr",
    category = "Bit",
    doc = "The bits that any argument has.")
@Register(
    kind = FunctionFactory.class,
    name = "bitXor",
    category = "Bit",
    doc = "The bits that one argument has and the other has not.")
@Register(
    kind = FunctionFactory.class,
    name = "bitShiftLeft",
    category = "Bit",
    doc = "The bits moved up by a number of places.")
@Register(
    kind = FunctionFactory.class,
    name = "bitShiftRight",
    category = "Bit",
    doc = "The bits moved down by a number of places.")
@Register(
    kind = FunctionFactory.class,
    name = "bitRotateLeft",
    category = "Bit",
    doc = "The bits rotated up by a number of places.")
@Register(
    kind = FunctionFactory.class,
    name = "bitRotateRight",
    category = "Bit",
    doc = "The bits rotated down by a number of places.")
@Register(
    kind = FunctionFactory.class,
    name = "bitTest",
    category = "Bit",
    doc = "The bit at a place, counted from the lowest.")
@Register(
    kind = FunctionFactory.class,
    name = "bitHammingDistance",
    category = "Bit",
    doc = "How many bits of the arguments differ.")
final class BinaryBits implements FunctionFactory {
  private final String name;

  BinaryBits(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 2);
    DataType a = arguments.get(0).type();
    DataType b = arguments.get(1).type();
    NumberShape x = shape(a);
    NumberShape y = shape(b);
    ScalarFunction call = null;
    if (x != null && y != null) {
      call = numbers(x, y);
    } else if (isText(a) && name.startsWith("bitShift") && y != null && !y.isWide()) {
      call = new StringShift(a, y, name.equals("bitShiftLeft"));
    } else if (name.equals("bitHammingDistance") && a.getClass() == b.getClass() && isText(a)) {
      call = new StringDistance(a);
    } else if (a instanceof FixedStringType s
        && b instanceof FixedStringType t
        && s.width() == t.width()
        && isLogical()) {
      call = new FixedBits(a, name, s.width());
    }
    if (call == null) {
      throw Arguments.illegalTypes(name, a, b);
    }
    return call;
  }

  private boolean isLogical() {
    return name.equals("bitAnd") || name.equals("bitOr") || name.equals("bitXor");
  }

  private static boolean isText(DataType t) {
    return t instanceof StringType || t instanceof FixedStringType;
  }

  private static @Nullable NumberShape shape(DataType t) {
    NumberShape s =
        switch (t) {
          case Ipv4Type _ -> NumberShape.integer(4, false);
          case Ipv6Type _ -> NumberShape.integer(16, false);
          default -> NumberShape.of(t);
        };
    return s == null || !s.isInteger() ? null : s;
  }

  private ScalarFunction numbers(NumberShape x, NumberShape y) {
    NumberShape common =
        NumberShape.integer(Math.max(x.bytes(), y.bytes()), x.signed() || y.signed());
    boolean single = name.equals("bitTest") || name.equals("bitHammingDistance");
    if (name.equals("bitTest") && (y.isWide() || x.isWide())) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "bitTest is not implemented for big integers as second argument");
    }
    return new Call(name, x, y, common, single ? NumberShape.UINT8 : common);
  }

  private record Call(
      String name, NumberShape a, NumberShape b, NumberShape common, NumberShape result)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return result.type();
    }

    @Override
    public boolean mayThrow() {
      return name.equals("bitTest") || name.startsWith("bitShift");
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (common.isWide()) {
        int words = common.words();
        long[] out =
            Kernels.wide(
                wide(),
                new WideOperand(arguments[0], a.signed(), words, rows),
                new WideOperand(arguments[1], b.signed(), words, rows),
                words,
                rows);
        return Kernels.narrowed(out, words, result.bytes(), rows);
      }
      return Kernels.longs(
          longs(),
          new LongOperand(arguments[0], a.signed(), rows),
          new LongOperand(arguments[1], b.signed(), rows),
          result.bytes(),
          rows);
    }

    private static LonghouseException negative() {
      return new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "The number of shift positions needs to be a non-negative value");
    }

    private LongKernel longs() {
      return switch (name) {
        case "bitAnd" -> BitKernels::and;
        case "bitOr" -> BitKernels::or;
        case "bitXor" -> BitKernels::xor;
        case "bitHammingDistance" -> BitKernels::distance;
        case "bitTest" -> BitKernels.test(a.bytes());
        case "bitRotateLeft" -> BitKernels.rotate(common.bytes() * 8, 1);
        case "bitRotateRight" -> BitKernels.rotate(common.bytes() * 8, -1);
        default -> this::shift;
      };
    }

    private void shift(long[] x, int i, long[] y, int j, long[] out, int o, int n) {
      int bits = common.bytes() * 8;
      boolean left = name.equals("bitShiftLeft");
      int unused = 64 - bits;
      for (int k = 0; k < n; k++) {
        long by = y[j + k];
        if (by < 0) {
          throw negative();
        }
        long v = x[i + k];
        if (by >= bits) {
          out[o + k] = 0;
        } else if (left) {
          out[o + k] = v << by;
        } else {
          long wrapped = v << unused;
          out[o + k] = common.signed() ? wrapped >> unused >> by : wrapped >>> unused >>> by;
        }
      }
    }

    private WideKernel wide() {
      return (x, i, y, j, out, o, n, words) -> {
        for (int k = 0, at = 0; k < n; k++, at += words) {
          switch (name) {
            case "bitAnd" -> {
              for (int w = 0; w < words; w++) {
                out[o + at + w] = x[i + at + w] & y[j + at + w];
              }
            }
            case "bitOr" -> {
              for (int w = 0; w < words; w++) {
                out[o + at + w] = x[i + at + w] | y[j + at + w];
              }
            }
            case "bitXor" -> {
              for (int w = 0; w < words; w++) {
                out[o + at + w] = x[i + at + w] ^ y[j + at + w];
              }
            }
            case "bitHammingDistance" -> {
              int count = 0;
              for (int w = 0; w < words; w++) {
                count += Long.bitCount(x[i + at + w] ^ y[j + at + w]);
              }
              WideWords.set(out, o + at, words, count);
            }
            default -> wideShift(x, i + at, y[j + at], out, o + at, words);
          }
        }
      };
    }

    private void wideShift(long[] x, int i, long by, long[] out, int o, int words) {
      int bits = words * 64;
      boolean rotates = name.startsWith("bitRotate");
      boolean left = name.endsWith("Left");
      if (by < 0 && !rotates) {
        throw negative();
      }
      var v = WideWords.value(x, i, words, common.signed() && !left && !rotates);
      if (rotates) {
        int r = (int) Math.floorMod(left ? by : -by, (long) bits);
        var u = WideWords.value(x, i, words, false);
        WideWords.set(out, o, words, u.shiftLeft(r).or(u.shiftRight(bits - r)));
      } else if (by >= bits) {
        WideWords.set(out, o, words, 0);
      } else {
        WideWords.set(out, o, words, left ? v.shiftLeft((int) by) : v.shiftRight((int) by));
      }
    }
  }

  private record FixedBits(DataType resultType, String name, int width) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] x = ((FixedBytesColumn) arguments[0].full()).bytes();
      byte[] y = ((FixedBytesColumn) arguments[1].full()).bytes();
      byte[] out = new byte[rows * width];
      for (int i = 0; i < out.length; i++) {
        int r =
            switch (name) {
              case "bitAnd" -> x[i] & y[i];
              case "bitOr" -> x[i] | y[i];
              default -> x[i] ^ y[i];
            };
        out[i] = (byte) r;
      }
      return new FixedBytesColumn(out, width, rows);
    }
  }

  /** The type of counts of bits in strings. */
  static IntegerType countType(DataType text) {
    return text instanceof StringType ? IntegerType.UINT64 : IntegerType.UINT16;
  }
}
