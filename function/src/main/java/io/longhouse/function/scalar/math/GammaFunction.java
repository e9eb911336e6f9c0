package io.longhouse.function.scalar.math;

/** The gamma function and its logarithm by Lanczos' approximation with 13 terms. */
final class GammaFunction {
  private static final double G = 6.024680040776729583740234375;
  private static final double[] NUMERATOR = {
    23531376880.41075968857200767445163675473076,
    42919803642.64909876895789904700198885093263,
    35711959237.35566804944018545154716670596718,
    17921034426.03720969991975575445893111267403,
    6039542586.352028005064291644307297921069938,
    1439720407.311721673663223072794912393972485,
    248874557.8620541565114603864132294232163077,
    31426415.58540019438061423162831820536287787,
    2876370.628935372441225409051620849613599112,
    186056.2653952234950402949897160456992822505,
    8071.672002365816210638002902272250613821843,
    210.8242777515793458725097339207133627117643,
    2.506628274631000270164908177133837338626431
  };
  private static final double[] DENOMINATOR = {
    0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925,
    66, 1
  };
  private static final double[] FACTORIALS = new double[171];
  private static final double LARGEST = 171.624376956302725;

  static {
    var exact = java.math.BigInteger.ONE;
    FACTORIALS[0] = 1;
    for (int i = 1; i < FACTORIALS.length; i++) {
      exact = exact.multiply(java.math.BigInteger.valueOf(i));
      FACTORIALS[i] = exact.doubleValue();
    }
  }

  private GammaFunction() {}

  /** The sum of Lanczos' series, written as a quotient that does not overflow. */
  private static double lanczos(double x) {
    double p = 0;
    double q = 0;
    if (x < 5) {
      for (int i = NUMERATOR.length - 1; i >= 0; i--) {
        p = p * x + NUMERATOR[i];
        q = q * x + DENOMINATOR[i];
      }
    } else {
      for (int i = 0; i < NUMERATOR.length; i++) {
        p = p / x + NUMERATOR[i];
        q = q / x + DENOMINATOR[i];
      }
    }
    return p / q;
  }

  static double gamma(double x) {
    if (x == 0) {
      return 1 / x;
    }
    if (x == Math.rint(x)) {
      if (x < 0) {
        return Double.NaN;
      }
      return x <= 171 ? FACTORIALS[(int) x - 1] : Double.POSITIVE_INFINITY;
    }
    if (Double.isNaN(x) || x == Double.NEGATIVE_INFINITY) {
      return Double.NaN;
    }
    if (x > LARGEST) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < 0) {
      return Math.PI / (sinPi(x) * gamma(1 - x));
    }
    double t = x + G - 0.5;
    double half = Math.pow(t, (x - 0.5) / 2);
    return lanczos(x) * half / Math.exp(t) * half;
  }

  static double logGamma(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (Double.isInfinite(x) || x <= 0 && x == Math.rint(x)) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < 0) {
      return Math.log(Math.PI / Math.abs(sinPi(x))) - logGamma(1 - x);
    }
    if (x == 1 || x == 2) {
      return 0;
    }
    if (x < 100) {
      return Math.log(gamma(x));
    }
    if (x > 1e8) {
      return x * (Math.log(x) - 1) - 0.5 * Math.log(x) + 0.9189385332046727;
    }
    double t = x + G - 0.5;
    return Math.log(lanczos(x)) + (x - 0.5) * Math.log(t) - t;
  }

  /** sin(pi x) without the loss that multiplying a large x by pi brings. */
  private static double sinPi(double x) {
    double r = Math.IEEEremainder(x, 2);
    return Math.sin(Math.PI * r);
  }
}
