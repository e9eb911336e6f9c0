package io.longhouse.function.scalar.math;

/** Elementary functions that {@link Math} does not have. */
final class SpecialFunctions {
  private static final double LN_2 = Math.log(2);

  private SpecialFunctions() {}

  static double exp2(double x) {
    return Math.pow(2, x);
  }

  static double exp10(double x) {
    return Math.pow(10, x);
  }

  /** Exact for powers of two. */
  static double log2(double x) {
    if (!(x > 0) || Double.isInfinite(x)) {
      return Math.log(x);
    }
    int exponent = Math.getExponent(x);
    if (exponent < Double.MIN_EXPONENT) {
      return log2(x * 0x1p54) - 54;
    }
    double mantissa = Math.scalb(x, -exponent);
    if (mantissa == 1) {
      return exponent;
    }
    return exponent == 0 || exponent == -1
        ? Math.log(x) / LN_2
        : exponent + Math.log(mantissa) / LN_2;
  }

  static double asinh(double x) {
    double a = Math.abs(x);
    double r;
    if (a > 0x1p28) {
      r = Math.log(a) + LN_2;
    } else if (a > 2) {
      r = Math.log(2 * a + 1 / (Math.sqrt(a * a + 1) + a));
    } else {
      r = Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    }
    return Math.copySign(r, x);
  }

  static double acosh(double x) {
    if (x < 1) {
      return Double.NaN;
    }
    if (x > 0x1p28) {
      return Math.log(x) + LN_2;
    }
    if (x > 2) {
      return Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
    }
    double t = x - 1;
    return Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  static double atanh(double x) {
    double a = Math.abs(x);
    double r =
        a < 0.5 ? 0.5 * Math.log1p(2 * a + 2 * a * a / (1 - a)) : 0.5 * Math.log1p(2 * a / (1 - a));
    return Math.copySign(r, x);
  }
}
