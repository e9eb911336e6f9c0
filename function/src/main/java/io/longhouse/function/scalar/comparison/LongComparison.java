package io.longhouse.function.scalar.comparison;

/** Comparison kernels over longs; each writes 0 or 1. */
public final class LongComparison {
  private LongComparison() {}

  /**
   * @param flip 0 for signed numbers, {@code Long.MIN_VALUE} for unsigned ones
   */
  static void compare(
      CompareOp op, long[] a, int i, long[] b, int j, byte[] out, int o, int n, long flip) {
    switch (op) {
      case EQUALS -> equal(a, i, b, j, out, o, n, 0);
      case NOT_EQUALS -> equal(a, i, b, j, out, o, n, 1);
      case LESS -> less(a, i, b, j, out, o, n, flip, 0);
      case GREATER -> less(b, j, a, i, out, o, n, flip, 0);
      case LESS_OR_EQUALS -> less(b, j, a, i, out, o, n, flip, 1);
      case GREATER_OR_EQUALS -> less(a, i, b, j, out, o, n, flip, 1);
    }
  }

  public static void equal(long[] a, int i, long[] b, int j, byte[] out, int o, int n, int negate) {
    int no = negate ^ 1;
    for (int k = 0; k < n; k++) {
      long x = a[i + k] ^ b[j + k];
      out[o + k] = (byte) ((int) ((x | -x) >>> 63) ^ no);
    }
  }

  public static void less(
      long[] a, int i, long[] b, int j, byte[] out, int o, int n, long flip, int negate) {
    for (int k = 0; k < n; k++) {
      long x = a[i + k] ^ flip;
      long y = b[j + k] ^ flip;
      long d = x - y;
      out[o + k] = (byte) ((int) ((d ^ (x ^ y) & (d ^ x)) >>> 63) ^ negate);
    }
  }

  /** An unsigned left side and a signed right one. */
  static void compareUnsignedWithSigned(
      CompareOp op, long[] a, int i, long[] b, int j, byte[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      long x = a[i + k];
      long y = b[j + k];
      int order = y < 0 ? 1 : Long.compareUnsigned(x, y);
      out[o + k] = (byte) (op.test(order) ? 1 : 0);
    }
  }

  /** A whole number (signed or not) and a floating-point one, exactly. */
  static void compareWithDouble(
      CompareOp op, long[] a, int i, boolean signed, double[] b, int j, byte[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      double y = b[j + k];
      boolean result =
          Double.isNaN(y) ? op == CompareOp.NOT_EQUALS : op.test(order(a[i + k], signed, y));
      out[o + k] = (byte) (result ? 1 : 0);
    }
  }

  private static int order(long x, boolean signed, double y) {
    double limit = signed ? 0x1p63 : 0x1p64;
    if (y >= limit) {
      return -1;
    }
    if (y < (signed ? -0x1p63 : 0)) {
      return 1;
    }
    double whole = Math.floor(y);
    long w = whole >= 0x1p63 ? (long) (whole - 0x1p63) ^ Long.MIN_VALUE : (long) whole;
    int order = signed ? Long.compare(x, w) : Long.compareUnsigned(x, w);
    return order == 0 && y > whole ? -1 : order;
  }
}
