package io.longhouse.function.number;

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
 * What a kernel needs to know of a type of numbers.
 *
 * @param bytes of a value: 1 to 32
 * @param scale decimal digits behind the point, 0 unless {@code kind} is DECIMAL
 */
public record NumberShape(Kind kind, int bytes, boolean signed, int scale) {
  /** What the bits mean. */
  public enum Kind {
    INTEGER,
    FLOAT,
    DECIMAL
  }

  public static final NumberShape UINT8 = integer(1, false);
  public static final NumberShape INT64 = integer(8, true);
  public static final NumberShape FLOAT64 = new NumberShape(Kind.FLOAT, 8, true, 0);

  public static NumberShape integer(int bytes, boolean signed) {
    return new NumberShape(Kind.INTEGER, bytes, signed, 0);
  }

  public static NumberShape floating(int bytes) {
    return new NumberShape(Kind.FLOAT, bytes, true, 0);
  }

  public static NumberShape decimal(int bytes, int scale) {
    return new NumberShape(Kind.DECIMAL, bytes, true, scale);
  }

  /** The shape of a type that is a number to SQL (Bool is one), or null. */
  public static @Nullable NumberShape of(DataType type) {
    return switch (type) {
      case IntegerType t -> integer(t.bytes(), t.signed());
      case BoolType _ -> UINT8;
      case FloatType t -> floating(t.bytes());
      case BFloat16Type _ -> floating(2);
      case DecimalType t -> decimal(t.bytes(), t.scale());
      default -> null;
    };
  }

  /** The shape of any type whose values are stored as numbers, for example a date, or null. */
  public static @Nullable NumberShape ofStorage(DataType type) {
    return switch (type) {
      case DateType _ -> integer(2, false);
      case Date32Type _ -> integer(4, true);
      case DateTimeType _, Ipv4Type _ -> integer(4, false);
      case DateTime64Type _, IntervalType _ -> INT64;
      case EnumType e -> integer(e.bytes(), true);
      case UuidType _ -> integer(16, false);
      default -> of(type);
    };
  }

  public boolean isInteger() {
    return kind == Kind.INTEGER;
  }

  public boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  public boolean isDecimal() {
    return kind == Kind.DECIMAL;
  }

  /** Whether a value takes more than one long. */
  public boolean isWide() {
    return bytes > 8;
  }

  /** Longs of a value, 1 for the narrow ones. */
  public int words() {
    return Math.max(1, bytes / 8);
  }

  /** The type of SQL with this shape; decimals have the widest precision. */
  public DataType type() {
    return switch (kind) {
      case INTEGER -> IntegerType.of(bytes, signed);
      case FLOAT ->
          bytes == 2 ? BFloat16Type.TYPE : bytes == 4 ? FloatType.FLOAT32 : FloatType.FLOAT64;
      case DECIMAL -> DecimalType.ofBytes(bytes, scale);
    };
  }
}
