package io.longhouse.storage.index;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TextForm;
import io.longhouse.sql.LonghouseException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A constant of a condition in the type of a key: the value itself, or the greatest value below it
 * where the type does not have it.
 *
 * @param value one row of the key's type without Nullable; null when all values are above or below
 * @param exact whether {@code value} is the constant
 * @param below whether the constant is below all values of the type, when {@code value} is null
 */
record KeyConstant(@Nullable Column value, boolean exact, boolean below) {
  private static final KeyConstant BELOW_ALL = new KeyConstant(null, false, true);
  private static final KeyConstant ABOVE_ALL = new KeyConstant(null, false, false);

  /** The constant in the type {@code to}; null when the two cannot be compared here. */
  static @Nullable KeyConstant of(Column constant, DataType constantType, DataType keyType) {
    DataType to = NullableType.strip(LowCardinalityType.strip(keyType));
    DataType from = LowCardinalityType.strip(constantType);
    Column c = constant.full().plain();
    if (c instanceof NullableColumn n) {
      if (n.isNullAt(0)) {
        return null;
      }
      c = n.values();
    }
    from = NullableType.strip(from);
    if (from.equals(to)) {
      return new KeyConstant(c, true, false);
    }
    if (to instanceof StringType && c instanceof FixedBytesColumn f) {
      return new KeyConstant(StringColumn.of(f.bytes()), true, false);
    }
    if (c instanceof StringColumn s && !(to instanceof StringType)) {
      return ofText(s.get(0), to);
    }
    if (from instanceof FloatType && !Double.isFinite(doubleOf(c))) {
      double d = doubleOf(c);
      boolean floats = to instanceof FloatType;
      return Double.isNaN(d) || floats && to.newBuilder(0) instanceof Float32Column.Builder
          ? null
          : floats ? new KeyConstant(c, true, false) : d < 0 ? BELOW_ALL : ABOVE_ALL;
    }
    BigDecimal number = number(c, from);
    return number == null ? null : ofNumber(number, to);
  }

  private static @Nullable KeyConstant ofText(byte[] text, DataType to) {
    if (to instanceof EnumType e) {
      Integer v = e.valueOf(io.longhouse.sql.ByteText.decode(text));
      return v == null ? null : new KeyConstant(integers(BigInteger.valueOf(v), to), true, false);
    }
    if (to instanceof FixedStringType f) {
      int width = ((FixedBytesColumn.Builder) f.newBuilder(0)).width();
      return text.length > width
          ? null
          : new KeyConstant(
              new FixedBytesColumn(Arrays.copyOf(text, width), width, 1), true, false);
    }
    if (to instanceof IntegerType) {
      String digits = io.longhouse.sql.ByteText.decode(text);
      KeyConstant k = digits.matches("-?[0-9]{1,40}") ? ofNumber(new BigDecimal(digits), to) : null;
      return k != null && k.exact ? k : null;
    }
    if (to instanceof FloatType || to instanceof DecimalType) {
      return null;
    }
    try {
      var in = new ByteReader(text);
      ColumnBuilder b = to.newBuilder(1);
      to.readText(in, TextForm.ESCAPED, FormatSettings.DEFAULT, b);
      return in.atEnd() && b.size() == 1 ? new KeyConstant(b.build(), true, false) : null;
    } catch (LonghouseException notAValue) {
      // The comparison itself will say so, or give its own meaning to the text.
      return null;
    }
  }

  private static double doubleOf(Column c) {
    return switch (c) {
      case Float32Column f -> f.values()[0];
      case Float64Column f -> f.values()[0];
      default -> 0;
    };
  }

  /** A number exactly; null for what is not a number. */
  private static @Nullable BigDecimal number(Column c, DataType type) {
    if (type instanceof FloatType) {
      return new BigDecimal(doubleOf(c));
    }
    if (type instanceof DecimalType d) {
      BigInteger unscaled = integer(c, true);
      return unscaled == null ? null : new BigDecimal(unscaled, d.scale());
    }
    if (type instanceof IntegerType i) {
      BigInteger v = integer(c, i.signed());
      return v == null ? null : new BigDecimal(v);
    }
    if (type instanceof BoolType) {
      return new BigDecimal(integer(c, false));
    }
    return null;
  }

  private static @Nullable BigInteger integer(Column c, boolean signed) {
    return switch (c) {
      case Int8Column v -> BigInteger.valueOf(signed ? v.values()[0] : v.values()[0] & 0xFF);
      case Int16Column v -> BigInteger.valueOf(signed ? v.values()[0] : v.values()[0] & 0xFFFF);
      case Int32Column v ->
          BigInteger.valueOf(signed ? v.values()[0] : v.values()[0] & 0xFFFFFFFFL);
      case Int64Column v ->
          signed || v.values()[0] >= 0
              ? BigInteger.valueOf(v.values()[0])
              : new BigInteger(Long.toUnsignedString(v.values()[0]));
      case WideColumn v -> wide(v, signed);
      default -> null;
    };
  }

  private static BigInteger wide(WideColumn v, boolean signed) {
    int n = v.wordsPerValue();
    byte[] big = new byte[n * 8];
    for (int i = 0; i < big.length; i++) {
      big[big.length - 1 - i] = (byte) (v.words()[i / 8] >>> 8 * (i % 8));
    }
    return signed ? new BigInteger(big) : new BigInteger(1, big);
  }

  private static @Nullable KeyConstant ofNumber(BigDecimal number, DataType to) {
    if (to instanceof FloatType) {
      double d = number.doubleValue();
      if (to.newBuilder(0) instanceof Float32Column.Builder) {
        float f = (float) d;
        boolean exact = Double.isFinite(f) && new BigDecimal(f).compareTo(number) == 0;
        float floor = exact || new BigDecimal(f).compareTo(number) < 0 ? f : Math.nextDown(f);
        return new KeyConstant(new Float32Column(new float[] {floor}, 1), exact, false);
      }
      if (to.newBuilder(0) instanceof Float64Column.Builder) {
        boolean exact = new BigDecimal(d).compareTo(number) == 0;
        double floor = exact || new BigDecimal(d).compareTo(number) < 0 ? d : Math.nextDown(d);
        return new KeyConstant(new Float64Column(new double[] {floor}, 1), exact, false);
      }
      return null;
    }
    int scale = to instanceof DecimalType d ? d.scale() : 0;
    boolean whole =
        to instanceof IntegerType
            || to instanceof DecimalType
            || to instanceof BoolType
            || to instanceof DateType
            || to instanceof DateTimeType
            || to instanceof Date32Type;
    if (!whole) {
      return null;
    }
    BigDecimal scaled = number.movePointRight(scale);
    BigInteger floor = scaled.setScale(0, RoundingMode.FLOOR).toBigInteger();
    boolean exact = new BigDecimal(floor).compareTo(scaled) == 0;
    boolean signed =
        to instanceof DecimalType
            || to instanceof Date32Type
            || to instanceof IntegerType i && i.signed();
    int bits = 8 * bytes(to);
    BigInteger max = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
    if (floor.compareTo(max) >= 0) {
      return ABOVE_ALL;
    }
    if (floor.compareTo(signed ? max.negate() : BigInteger.ZERO) < 0) {
      return BELOW_ALL;
    }
    return new KeyConstant(integers(floor, to), exact, false);
  }

  private static int bytes(DataType type) {
    return switch (type.newBuilder(0)) {
      case Int8Column.Builder _ -> 1;
      case Int16Column.Builder _ -> 2;
      case Int32Column.Builder _ -> 4;
      case Int64Column.Builder _ -> 8;
      case WideColumn.Builder w -> 8 * w.wordsPerValue();
      default -> throw new IllegalArgumentException(type.name());
    };
  }

  private static Column integers(BigInteger v, DataType to) {
    return switch (to.newBuilder(0)) {
      case Int8Column.Builder _ -> Int8Column.of(v.byteValue());
      case Int16Column.Builder _ -> Int16Column.of(v.shortValue());
      case Int32Column.Builder _ -> Int32Column.of(v.intValue());
      case Int64Column.Builder _ -> Int64Column.of(v.longValue());
      case WideColumn.Builder w -> {
        long[] words = new long[w.wordsPerValue()];
        for (int i = 0; i < words.length; i++) {
          words[i] = v.shiftRight(64 * i).longValue();
        }
        yield new WideColumn(words, words.length, 1);
      }
      default -> throw new IllegalArgumentException(to.name());
    };
  }
}
