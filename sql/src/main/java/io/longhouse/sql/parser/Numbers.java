package io.longhouse.sql.parser;

import io.longhouse.sql.ast.NumberLiteral;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Turns NUMBER tokens into literals. */
final class Numbers {
  /** Longer ones are no numbers. */
  private static final int LENGTH_MAX = 319;

  private static final BigInteger UINT64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final BigInteger INT64_MIN_ABS = BigInteger.TWO.pow(63);

  private Numbers() {}

  /** The literal of this token; null when it is none. */
  static @Nullable NumberLiteral parse(String token, boolean negative) {
    if (token.length() > LENGTH_MAX) {
      return null;
    }
    String s = token.indexOf('_') >= 0 ? token.replace("_", "") : token;
    int length = s.length();
    if (length <= 18 && isDecimal(s, 0)) {
      long value = Long.parseLong(s);
      return negative && value != 0 ? NumberLiteral.signed(-value) : NumberLiteral.unsigned(value);
    }
    char second = length > 1 ? (char) (s.charAt(1) | 0x20) : '\0';
    if (second == 'x' && s.charAt(0) == '0') {
      return hex(s, negative);
    }
    if (second == 'b' && s.charAt(0) == '0') {
      return isBinary(s) ? integer(new BigInteger(s.substring(2), 2), negative) : null;
    }
    return isDecimal(s, 0) ? integer(new BigInteger(s), negative) : real(s, negative);
  }

  /** {@code inf} and {@code nan}; null for other words. */
  static @Nullable NumberLiteral word(String word, boolean negative) {
    double value;
    if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
      value = Double.POSITIVE_INFINITY;
    } else if (word.equalsIgnoreCase("nan")) {
      value = Double.NaN;
    } else {
      return null;
    }
    return NumberLiteral.of(negative && value > 0 ? -value : value);
  }

  private static @Nullable NumberLiteral hex(String s, boolean negative) {
    boolean integer = s.length() > 2;
    for (int i = 2; i < s.length(); i++) {
      integer &= Character.digit(s.charAt(i), 16) >= 0;
    }
    if (integer) {
      return integer(new BigInteger(s.substring(2), 16), negative);
    }
    if (s.length() == 2) {
      return null;
    }
    String withExponent = s.indexOf('p') < 0 && s.indexOf('P') < 0 ? s + "p0" : s;
    return real(withExponent, negative);
  }

  private static @Nullable NumberLiteral integer(BigInteger value, boolean negative) {
    if (value.compareTo(negative ? INT64_MIN_ABS : UINT64_MAX) > 0) {
      double real = value.doubleValue();
      return Double.isInfinite(real) ? null : NumberLiteral.of(negative ? -real : real);
    }
    return negative && value.signum() != 0
        ? NumberLiteral.signed(value.negate().longValue())
        : NumberLiteral.unsigned(value.longValue());
  }

  private static @Nullable NumberLiteral real(String s, boolean negative) {
    double value;
    try {
      value = Double.parseDouble(s);
    } catch (NumberFormatException _) {
      return null;
    }
    return Double.isInfinite(value) ? null : NumberLiteral.of(negative ? -value : value);
  }

  private static boolean isDecimal(String s, int from) {
    for (int i = from; i < s.length(); i++) {
      if (!Lexer.isDigit(s.charAt(i))) {
        return false;
      }
    }
    return s.length() > from;
  }

  private static boolean isBinary(String s) {
    for (int i = 2; i < s.length(); i++) {
      if (s.charAt(i) != '0' && s.charAt(i) != '1') {
        return false;
      }
    }
    return s.length() > 2;
  }
}
