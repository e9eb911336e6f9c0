package io.longhouse.sql.ast;

/**
 * A number. As in ClickHouse it is a UInt64 when it fits, an Int64 when negative, else a Float64.
 *
 * @param bits the integer, or the double's IEEE 754 bits
 */
public record NumberLiteral(Kind kind, long bits) implements Literal {
  /** How the bits are read. */
  public enum Kind {
    UINT64,
    INT64,
    FLOAT64
  }

  public static NumberLiteral unsigned(long value) {
    return new NumberLiteral(Kind.UINT64, value);
  }

  public static NumberLiteral signed(long value) {
    return new NumberLiteral(Kind.INT64, value);
  }

  public static NumberLiteral of(double value) {
    return new NumberLiteral(Kind.FLOAT64, Double.doubleToRawLongBits(value));
  }

  public double doubleValue() {
    return switch (kind) {
      case FLOAT64 -> Double.longBitsToDouble(bits);
      case INT64 -> (double) bits;
      case UINT64 -> bits >= 0 ? (double) bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    };
  }

  public boolean isInteger() {
    return kind != Kind.FLOAT64;
  }
}
