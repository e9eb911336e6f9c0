package io.longhouse.function.scalar.bit;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideOperand;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Bitwise functions of one argument. */
@Register(
    kind = FunctionFactory.class,
    name = "bitNot",
    category = "Bit",
    doc = "All bits turned over.")
@Register(
    kind = FunctionFactory.class,
    name = "bitCount",
    category = "Bit",
    doc = "How many bits are set.")
@Register(
    kind = FunctionFactory.class,
    name = "byteSwap",
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The bytes in the other order.")
final class UnaryBits implements FunctionFactory {
  private final String name;

  UnaryBits(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1);
    DataType type = arguments.getFirst().type();
    boolean text = type instanceof StringType || type instanceof FixedStringType;
    if (text && !name.equals("byteSwap")) {
      return name.equals("bitNot") ? new NotText(type) : new CountText(type);
    }
    NumberShape shape = NumberShape.of(type);
    if (name.equals("bitCount")) {
      boolean moment =
          type instanceof DateType || type instanceof Date32Type || type instanceof DateTimeType;
      NumberShape counted = moment ? NumberShape.ofStorage(type) : shape;
      if (counted == null || counted.isDecimal()) {
        throw Arguments.illegalType(name, type);
      }
      return new Count(counted);
    }
    if (shape != null && shape.isFloat() && name.equals("byteSwap")) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "byteSwap is not implemented for "
              + (shape.bytes() == 8 ? "double" : "float")
              + " datatype");
    }
    if (shape == null || !shape.isInteger()) {
      throw Arguments.illegalType(name, type);
    }
    return new Turned(name.equals("byteSwap"), shape);
  }

  private record Turned(boolean swap, NumberShape shape) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return shape.type();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (shape.isWide()) {
        int words = shape.words();
        var in = new WideOperand(arguments[0], shape.signed(), words, rows);
        return new WideColumn(Kernels.wide(this::turnWide, in, in, words, rows), words, rows);
      }
      var in = new LongOperand(arguments[0], shape.signed(), rows);
      var out = new LongSink(shape.bytes(), rows);
      int unused = 64 - 8 * shape.bytes();
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          long v = in.array()[in.offset() + k];
          out.target()[out.offset() + k] = swap ? Long.reverseBytes(v) >>> unused : ~v;
        }
        out.advance(n);
      }
      return out.build();
    }

    private void turnWide(long[] a, int i, long[] b, int j, long[] out, int o, int n, int words) {
      for (int k = 0, at = 0; k < n; k++, at += words) {
        for (int w = 0; w < words; w++) {
          out[o + at + w] = swap ? Long.reverseBytes(a[i + at + words - 1 - w]) : ~a[i + at + w];
        }
      }
    }
  }

  private record Count(NumberShape shape) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return shape.bytes() == 32 ? IntegerType.UINT16 : IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column bits = asIntegers(arguments[0].full(), rows);
      var out = new LongSink(shape.bytes() == 32 ? 2 : 1, rows);
      int words = shape.words();
      var wide = new WideOperand(bits, false, words, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        wide.load(from, n);
        for (int k = 0; k < n; k++) {
          int count = 0;
          for (int w = 0; w < words; w++) {
            count += Long.bitCount(wide.array()[wide.offset() + k * words + w]);
          }
          out.target()[out.offset() + k] = count;
        }
        out.advance(n);
      }
      return out.build();
    }

    private static Column asIntegers(Column c, int rows) {
      return switch (c) {
        case Float64Column f -> {
          long[] out = new long[rows];
          for (int r = 0; r < rows; r++) {
            out[r] = Double.doubleToRawLongBits(f.values()[r]);
          }
          yield new Int64Column(out, rows);
        }
        case Float32Column f -> {
          int[] out = new int[rows];
          for (int r = 0; r < rows; r++) {
            out[r] = Float.floatToRawIntBits(f.values()[r]);
          }
          yield new Int32Column(out, rows);
        }
        default -> c;
      };
    }
  }

  private record NotText(DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return switch (arguments[0].full()) {
        case FixedBytesColumn f ->
            new FixedBytesColumn(turned(f.bytes(), rows * f.width()), f.width(), rows);
        case StringColumn s ->
            new StringColumn(s.offsets(), turned(s.bytes(), s.offsets()[rows]), rows);
        default -> throw new IllegalStateException(resultType.name());
      };
    }

    private static byte[] turned(byte[] bytes, int n) {
      byte[] out = new byte[n];
      for (int i = 0; i < n; i++) {
        out[i] = (byte) ~bytes[i];
      }
      return out;
    }
  }

  private record CountText(DataType text) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return BinaryBits.countType(text);
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column c = arguments[0].full();
      long[] out = new long[rows];
      for (int r = 0; r < rows; r++) {
        byte[] bytes;
        int from;
        int to;
        if (c instanceof FixedBytesColumn f) {
          bytes = f.bytes();
          from = r * f.width();
          to = from + f.width();
        } else {
          var s = (StringColumn) c;
          bytes = s.bytes();
          from = s.offsets()[r];
          to = s.offsets()[r + 1];
        }
        long count = 0;
        for (int i = from; i < to; i++) {
          count += Integer.bitCount(bytes[i] & 0xFF);
        }
        out[r] = count;
      }
      if (BinaryBits.countType(text).bytes() == 8) {
        return new Int64Column(out, rows);
      }
      short[] narrow = new short[rows];
      for (int r = 0; r < rows; r++) {
        narrow[r] = (short) out[r];
      }
      return new Int16Column(narrow, rows);
    }
  }
}
