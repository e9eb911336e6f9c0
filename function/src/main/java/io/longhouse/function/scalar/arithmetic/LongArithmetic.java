package io.longhouse.function.scalar.arithmetic;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Kernels over longs. Operands have been widened as the operation wants them. */
public final class LongArithmetic {
  private LongArithmetic() {}

  public static void plus(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] + b[j + k];
    }
  }

  public static void minus(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] - b[j + k];
    }
  }

  public static void multiply(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] * b[j + k];
    }
  }

  private static boolean anyZero(long[] b, int j, int n) {
    long zeros = 0;
    for (int k = 0; k < n; k++) {
      long v = b[j + k];
      zeros |= ~(v | -v);
    }
    return zeros < 0;
  }

  static LonghouseException byZero() {
    return new LonghouseException(ErrorCode.ILLEGAL_DIVISION, "Division by zero");
  }

  static LonghouseException minimumByMinusOne() {
    return new LonghouseException(
        ErrorCode.ILLEGAL_DIVISION, "Division of minimal signed number by minus one");
  }

  /**
   * Throws where a division has no result.
   *
   * @param minimum the least dividend, or 0 where dividing it by -1 does no harm
   */
  static void check(long[] a, int i, long[] b, int j, int n, long minimum) {
    if (anyZero(b, j, n)) {
      throw byZero();
    }
    if (minimum != 0) {
      for (int k = 0; k < n; k++) {
        if (a[i + k] == minimum && b[j + k] == -1) {
          throw minimumByMinusOne();
        }
      }
    }
  }

  /** Signed division of numbers whose magnitudes are below 2^52, exact by way of doubles. */
  static void divideSmall(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = (long) ((double) a[i + k] / (double) b[j + k]);
    }
  }

  static void remainderSmall(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      long x = a[i + k];
      long y = b[j + k];
      out[o + k] = x - (long) ((double) x / (double) y) * y;
    }
  }

  static void divideSigned(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] / b[j + k];
    }
  }

  static void divideUnsigned(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = Long.divideUnsigned(a[i + k], b[j + k]);
    }
  }

  static void remainderSigned(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] % b[j + k];
    }
  }

  static void remainderUnsigned(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = Long.remainderUnsigned(a[i + k], b[j + k]);
    }
  }

  /** Makes negative remainders positive by adding the divisor's magnitude. */
  static void makePositive(long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      long r = out[o + k];
      out[o + k] = r < 0 ? r + Math.abs(b[j + k]) : r;
    }
  }

  /** Keeps the low 32 bits: what C++ does with a negative number beside an unsigned one. */
  static void maskTo32(long[] v, int i, long[] out, int n) {
    for (int k = 0; k < n; k++) {
      out[k] = v[i + k] & 0xFFFFFFFFL;
    }
  }

  /** Greatest common divisor of magnitudes as unsigned numbers. */
  static long gcd(long a, long b) {
    while (b != 0) {
      long r = Long.remainderUnsigned(a, b);
      a = b;
      b = r;
    }
    return a;
  }
}
