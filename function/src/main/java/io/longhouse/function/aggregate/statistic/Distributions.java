package io.longhouse.function.aggregate.statistic;

/** Student's and the normal distribution. */
final class Distributions {
  private static final double SMALLEST = 1e-300;
  private static final double PRECISION = 1e-16;
  private static final int STEPS_MAX = 10_000;
  private static final double[] LANCZOS = {
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private Distributions() {}

  /** How likely a value of Student's distribution is at least that far from zero. */
  static double studentTwoSided(double t, double degrees) {
    if (Double.isInfinite(t)) {
      return 0;
    }
    double square = t * t;
    return incompleteBeta(degrees / (degrees + square), degrees / 2, 0.5);
  }

  /**
   * The value of which a share of {@code level} of Student's distribution is below, from 0.5 up.
   */
  static double studentQuantile(double level, double degrees) {
    double high = 1;
    while (1 - studentTwoSided(high, degrees) / 2 < level && high < 1e300) {
      high *= 2;
    }
    double low = 0;
    for (int i = 0; i < 200 && low != high; i++) {
      double middle = low + (high - low) / 2;
      if (middle == low || middle == high) {
        break;
      }
      if (1 - studentTwoSided(middle, degrees) / 2 < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The share of the normal distribution above a value. */
  static double normalAbove(double z) {
    return 0.5 * complementaryError(z / Math.sqrt(2));
  }

  /** The value that a share of {@code level} of the normal distribution is below. */
  static double normalQuantile(double level) {
    double low = -40;
    double high = 40;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (normalAbove(middle) > 1 - level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** By way of the incomplete gamma function of one half. */
  private static double complementaryError(double x) {
    double square = x * x;
    double upper = square < 1.5 ? 1 - gammaSeries(square) : gammaFraction(square);
    return x >= 0 ? upper : 2 - upper;
  }

  private static double gammaSeries(double x) {
    if (x == 0) {
      return 0;
    }
    double term = 2;
    double sum = term;
    for (int k = 1; k < STEPS_MAX && Math.abs(term) > Math.abs(sum) * PRECISION; k++) {
      term *= x / (k + 0.5);
      sum += term;
    }
    return sum * Math.exp(-x) * Math.sqrt(x) / Math.sqrt(Math.PI);
  }

  private static double gammaFraction(double x) {
    double b = x + 0.5;
    double c = 1 / SMALLEST;
    double d = 1 / b;
    double h = d;
    for (int i = 1; i < STEPS_MAX; i++) {
      double a = -i * (i - 0.5);
      b += 2;
      d = 1 / nonZero(a * d + b);
      c = nonZero(b + a / c);
      double factor = d * c;
      h *= factor;
      if (Math.abs(factor - 1) < PRECISION) {
        break;
      }
    }
    return h * Math.exp(-x) * Math.sqrt(x) / Math.sqrt(Math.PI);
  }

  private static double nonZero(double v) {
    return Math.abs(v) < SMALLEST ? SMALLEST : v;
  }

  static double logGamma(double x) {
    if (x < 0.5) {
      return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
    }
    double y = x - 1;
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (y + i);
    }
    double t = y + 7.5;
    return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
  }

  /** The regularised incomplete beta function. */
  static double incompleteBeta(double x, double a, double b) {
    if (!(x > 0)) {
      return Double.isNaN(x) ? x : 0;
    }
    if (x >= 1) {
      return 1;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * betaFraction(x, a, b) / a
        : 1 - front * betaFraction(1 - x, b, a) / b;
  }

  private static double betaFraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
    double h = d;
    for (int m = 1; m < STEPS_MAX; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonZero(1 + even * d);
      c = nonZero(1 + even / c);
      h *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + odd * d);
      c = nonZero(1 + odd / c);
      double factor = d * c;
      h *= factor;
      if (Math.abs(factor - 1) < PRECISION) {
        break;
      }
    }
    return h;
  }
}
