package io.longhouse.function.scalar.encoding;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * Values as hexadecimal or binary digits. Unsigned integers are written as numbers, without leading
 * zero bytes; everything else as its bytes, those of fractions and decimals in memory order.
 */
@Register(
    kind = FunctionFactory.class,
    name = "hex",
    caseInsensitive = true,
    category = "Encoding",
    doc = "A value in hexadecimal digits: integers as numbers, other values as their bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "bin",
    caseInsensitive = true,
    category = "Encoding",
    doc = "A value in binary digits: integers as numbers, other values as their bytes.")
final class Hex implements FunctionFactory {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private final String name;
  private final boolean binary;

  Hex(String name) {
    this.name = name;
    this.binary = name.equals("bin");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    DataType t = s.type(0);
    if (t instanceof DateTime64Type) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN, "Illegal column of argument of function " + name);
    }
    boolean fits =
        Signature.isString(t)
            || t instanceof IntegerType
            || t instanceof FloatType
            || t instanceof DecimalType
            || t instanceof DateType
            || t instanceof DateTimeType
            || t instanceof BoolType
            || t instanceof UuidType
            || t instanceof Ipv4Type
            || t instanceof Ipv6Type
            || t.newBuilder(0).build() instanceof StringColumn;
    if (!fits) {
      throw s.illegal(0, "cannot be written in digits");
    }
    boolean number =
        t instanceof IntegerType
            || t instanceof DateType
            || t instanceof DateTimeType
            || t instanceof BoolType
            || t instanceof Ipv4Type;
    boolean uuid = t instanceof UuidType;
    return Resolved.of(
        StringType.TYPE,
        (c, rows) -> {
          if (c[0] instanceof ConstColumn k) {
            return new ConstColumn(write(k.value().plain(), number, uuid, 1), rows);
          }
          return write(c[0].plain(), number, uuid, rows);
        });
  }

  /** Bytes of a fixed-width value, or 0. */
  private static int width(Column c) {
    return switch (c) {
      case Int8Column _ -> 1;
      case Int16Column _ -> 2;
      case Int32Column _, Float32Column _ -> 4;
      case Int64Column _, Float64Column _ -> 8;
      case WideColumn w -> w.wordsPerValue() * 8;
      default -> 0;
    };
  }

  private Column write(Column c, boolean number, boolean uuid, int rows) {
    int perByte = binary ? 8 : 2;
    switch (c) {
      case StringColumn s -> {
        int[] offsets = new int[rows + 1];
        for (int r = 0; r <= rows; r++) {
          offsets[r] = Math.multiplyExact(s.offsets()[r], perByte);
        }
        byte[] out = new byte[offsets[rows]];
        digits(s.bytes(), s.offsets()[rows], out);
        return new StringColumn(offsets, out, rows);
      }
      case FixedBytesColumn f -> {
        int[] offsets = new int[rows + 1];
        for (int r = 0; r <= rows; r++) {
          offsets[r] = Math.multiplyExact(r, f.width() * perByte);
        }
        byte[] out = new byte[offsets[rows]];
        digits(f.bytes(), rows * f.width(), out);
        return new StringColumn(offsets, out, rows);
      }
      default -> {
        return fixed(c, number, uuid, rows);
      }
    }
  }

  private void digits(byte[] in, int count, byte[] out) {
    if (binary) {
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < 8; k++) {
          out[8 * i + k] = (byte) ('0' + (in[i] >> 7 - k & 1));
        }
      }
    } else {
      for (int i = 0; i < count; i++) {
        out[2 * i] = DIGITS[in[i] >> 4 & 15];
        out[2 * i + 1] = DIGITS[in[i] & 15];
      }
    }
  }

  private Column fixed(Column c, boolean number, boolean uuid, int rows) {
    int width = width(c);
    byte[] value = new byte[width];
    byte[] text = new byte[width * 8];
    var out = new StringRows.Text(rows, rows * width * 2);
    for (int r = 0; r < rows; r++) {
      load(c, r, value);
      int n = width;
      if (number || uuid) {
        // Most significant byte first; a UUID's words stand in their own order.
        if (uuid) {
          reverse(value, 0, 8);
          reverse(value, 8, 16);
        } else {
          reverse(value, 0, width);
        }
      }
      int skip = 0;
      while (number && skip + 1 < n && value[skip] == 0) {
        skip++;
      }
      System.arraycopy(value, skip, value, 0, n - skip);
      digits(value, n - skip, text);
      out.add(text, 0, (n - skip) * (binary ? 8 : 2));
      out.endRow();
    }
    return out.build();
  }

  private static void reverse(byte[] b, int from, int to) {
    for (int i = from, j = to - 1; i < j; i++, j--) {
      byte swap = b[i];
      b[i] = b[j];
      b[j] = swap;
    }
  }

  private static void load(Column c, int row, byte[] out) {
    switch (c) {
      case WideColumn w -> {
        for (int k = 0; k < w.wordsPerValue(); k++) {
          store(w.words()[row * w.wordsPerValue() + k], out, 8 * k, 8);
        }
      }
      case Int8Column v -> store(v.values()[row], out, 0, 1);
      case Int16Column v -> store(v.values()[row], out, 0, 2);
      case Int32Column v -> store(v.values()[row], out, 0, 4);
      case Int64Column v -> store(v.values()[row], out, 0, 8);
      case Float32Column v -> store(Float.floatToRawIntBits(v.values()[row]), out, 0, 4);
      case Float64Column v -> store(Double.doubleToRawLongBits(v.values()[row]), out, 0, 8);
      default -> throw new IllegalArgumentException("no fixed width in " + c.getClass());
    }
  }

  private static void store(long v, byte[] out, int at, int count) {
    for (int k = 0; k < count; k++) {
      out[at + k] = (byte) (v >>> 8 * k);
    }
  }
}
