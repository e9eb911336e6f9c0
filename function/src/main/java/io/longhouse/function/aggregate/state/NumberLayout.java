package io.longhouse.function.aggregate.state;

import io.longhouse.column.type.BFloat16Type;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.UuidType;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of a type lie in a column.
 *
 * @param bytes of one value: 1, 2, 4, 8, 16 or 32
 * @param floating IEEE 754 (BFloat16 with 2 bytes)
 */
public record NumberLayout(int bytes, boolean signed, boolean floating) {
  /** The layout of a type that is a number inside, or null. */
  public static @Nullable NumberLayout of(DataType type) {
    return switch (type) {
      case IntegerType t -> new NumberLayout(t.bytes(), t.signed(), false);
      case FloatType t -> new NumberLayout(t.bytes(), true, true);
      case BFloat16Type _ -> new NumberLayout(2, true, true);
      case BoolType _ -> new NumberLayout(1, false, false);
      case DecimalType t -> new NumberLayout(t.bytes(), true, false);
      case EnumType t -> new NumberLayout(t.bytes(), true, false);
      case DateType _ -> new NumberLayout(2, false, false);
      case Date32Type _ -> new NumberLayout(4, true, false);
      case DateTimeType _, Ipv4Type _ -> new NumberLayout(4, false, false);
      case DateTime64Type _, IntervalType _ -> new NumberLayout(8, true, false);
      case UuidType _ -> new NumberLayout(16, false, false);
      default -> null;
    };
  }

  /** Whether a value fits one word. */
  public boolean fitsWord() {
    return bytes <= 8;
  }

  /** Words of one value. */
  public int words() {
    return bytes <= 8 ? 1 : bytes / 8;
  }

  /** Whether SQL does arithmetic on the type: numbers, decimals and Bool. */
  public static boolean isArithmetic(DataType type) {
    return type instanceof IntegerType
        || type instanceof FloatType
        || type instanceof BFloat16Type
        || type instanceof DecimalType
        || type instanceof BoolType;
  }

  /** The number of a value's bits as they were widened by {@link Values#bits}. */
  public double toDouble(long bits) {
    return floating
        ? Values.floatOfBits(bits, bytes)
        : signed
            ? (double) signExtend(bits)
            : io.longhouse.column.type.Numbers.unsignedToDouble(bits);
  }

  /** Bits without sign, with the sign that they have. */
  public long signExtend(long bits) {
    if (!signed || floating || bytes >= 8) {
      return bits;
    }
    int shift = 64 - 8 * bytes;
    return bits << shift >> shift;
  }

  /** A signed long with the same order as the value (NaN largest). */
  public long order(long bits) {
    if (floating) {
      long b = Double.doubleToLongBits(Values.floatOfBits(bits, bytes));
      return b ^ b >> 63 & Long.MAX_VALUE;
    }
    return signed ? signExtend(bits) : bits ^ Long.MIN_VALUE;
  }

  /** The bits of which {@link #order} made a long. */
  public long unorder(long order) {
    if (floating) {
      double d = Double.longBitsToDouble(order ^ order >> 63 & Long.MAX_VALUE);
      return Values.bitsOfFloat(d, bytes);
    }
    return Values.truncate(signed ? order : order ^ Long.MIN_VALUE, bytes);
  }
}
