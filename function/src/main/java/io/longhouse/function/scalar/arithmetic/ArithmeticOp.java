package io.longhouse.function.scalar.arithmetic;

import io.longhouse.function.number.NumberShape;
import org.jspecify.annotations.Nullable;

/** The operations of two numbers, with ClickHouse's result types. */
enum ArithmeticOp {
  PLUS,
  MINUS,
  MULTIPLY,
  DIVIDE,
  INT_DIV,
  MODULO,
  MODULO_LEGACY,
  POSITIVE_MODULO,
  GCD,
  LCM;

  /** What is done where a division has no result. */
  enum OnError {
    THROW,
    ZERO,
    NULL
  }

  boolean isDivision() {
    return ordinal() >= DIVIDE.ordinal();
  }

  boolean isModulo() {
    return this == MODULO || this == MODULO_LEGACY || this == POSITIVE_MODULO;
  }

  private static int wider(int bytes) {
    return bytes < 8 ? bytes * 2 : bytes;
  }

  /** The result's shape for whole and floating-point numbers, or null where there is none. */
  @Nullable NumberShape result(NumberShape a, NumberShape b) {
    boolean floating = a.isFloat() || b.isFloat();
    boolean wide = a.isWide() || b.isWide();
    if (floating
        && wide
        && (a.bytes() == 2 || b.bytes() == 2)
        && (a.isFloat() ? a : b).bytes() == 2) {
      return null;
    }
    int max = Math.max(a.bytes(), b.bytes());
    boolean signed = a.signed() || b.signed();
    return switch (this) {
      case PLUS, MULTIPLY, MINUS -> {
        if (floating) {
          yield wide ? null : NumberShape.floating(wider(max));
        }
        yield NumberShape.integer(wider(max), signed || this == MINUS);
      }
      case DIVIDE -> NumberShape.FLOAT64;
      case INT_DIV -> NumberShape.integer(a.bytes(), signed);
      case MODULO ->
          floating
              ? NumberShape.FLOAT64
              : NumberShape.integer(a.signed() ? wider(b.bytes()) : b.bytes(), a.signed());
      case MODULO_LEGACY ->
          floating ? NumberShape.FLOAT64 : NumberShape.integer(b.bytes(), a.signed());
      case POSITIVE_MODULO ->
          floating ? NumberShape.FLOAT64 : NumberShape.integer(b.bytes(), false);
      case GCD, LCM -> floating ? null : NumberShape.integer(wider(max), signed);
    };
  }
}
