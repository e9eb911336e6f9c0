package io.longhouse.function.scalar.arithmetic;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Kernels over doubles. */
public final class DoubleArithmetic {
  private DoubleArithmetic() {}

  public static void plus(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] + b[j + k];
    }
  }

  public static void minus(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] - b[j + k];
    }
  }

  public static void multiply(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] * b[j + k];
    }
  }

  public static void divide(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] / b[j + k];
    }
  }

  static void remainder(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] % b[j + k];
    }
  }

  static void positiveRemainder(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      double r = a[i + k] % b[j + k];
      out[o + k] = r < 0 ? r + Math.abs(b[j + k]) : r;
    }
  }

  /**
   * The quotient cut to a whole number, still as a double.
   *
   * @param limit quotients must be smaller than it
   * @param lowest quotients must be larger than it
   */
  static void integerQuotient(
      double[] a,
      int i,
      double[] b,
      int j,
      double[] out,
      int o,
      int n,
      boolean zeroOnError,
      double lowest,
      double limit) {
    for (int k = 0; k < n; k++) {
      double x = a[i + k];
      double y = b[j + k];
      if (y == 0) {
        if (!zeroOnError) {
          throw LongArithmetic.byZero();
        }
        out[o + k] = 0;
        continue;
      }
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_DIVISION,
            "Cannot perform integer division on infinite or too large floating point numbers");
      }
      double q = x / y;
      if (!(q > lowest && q < limit)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_DIVISION,
            "Cannot perform integer division, because it will produce infinite or too large"
                + " number");
      }
      out[o + k] = q < 0 ? Math.ceil(q) : Math.floor(q);
    }
  }
}
