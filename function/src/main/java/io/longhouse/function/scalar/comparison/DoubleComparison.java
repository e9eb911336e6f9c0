package io.longhouse.function.scalar.comparison;

/** Comparison kernels over doubles. NaN is equal to nothing, less than nothing. */
public final class DoubleComparison {
  private DoubleComparison() {}

  static void compare(
      CompareOp op, double[] a, int i, double[] b, int j, byte[] out, int o, int n) {
    switch (op) {
      case EQUALS -> equal(a, i, b, j, out, o, n, 0);
      case NOT_EQUALS -> equal(a, i, b, j, out, o, n, 1);
      case LESS -> less(a, i, b, j, out, o, n);
      case GREATER -> less(b, j, a, i, out, o, n);
      case LESS_OR_EQUALS -> lessOrEqual(a, i, b, j, out, o, n);
      case GREATER_OR_EQUALS -> lessOrEqual(b, j, a, i, out, o, n);
    }
  }

  static void equal(double[] a, int i, double[] b, int j, byte[] out, int o, int n, int negate) {
    for (int k = 0; k < n; k++) {
      out[o + k] = (byte) ((a[i + k] == b[j + k] ? 1 : 0) ^ negate);
    }
  }

  public static void less(double[] a, int i, double[] b, int j, byte[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = (byte) (a[i + k] < b[j + k] ? 1 : 0);
    }
  }

  static void lessOrEqual(double[] a, int i, double[] b, int j, byte[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = (byte) (a[i + k] <= b[j + k] ? 1 : 0);
    }
  }
}
