package io.longhouse.function.scalar.arithmetic;

import io.longhouse.function.number.LongKernel;

/**
 * Division of numbers below 2^32 by one of them: a multiplication by the reciprocal in 32 bits,
 * whose quotient is right or one too small.
 *
 * @param modulo whether the remainder is wanted, else the quotient
 */
record SmallDivision(boolean modulo, long divisor) implements LongKernel {
  @Override
  public void apply(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    if (modulo) {
      remainder(a, i, divisor, out, o, n);
    } else {
      quotient(a, i, divisor, out, o, n);
    }
  }

  /** The reciprocal is {@code 2^shift / divisor}, from 2^31 to 2^32. */
  private static int shift(long divisor) {
    return 32 + 63 - Long.numberOfLeadingZeros(divisor);
  }

  private static long reciprocal(long divisor) {
    return Long.divideUnsigned(1L << shift(divisor), divisor);
  }

  static void remainder(long[] a, int i, long y, long[] out, int o, int n) {
    long reciprocal = reciprocal(y);
    int shift = shift(y);
    for (int k = 0; k < n; k++) {
      long x = a[i + k];
      long r = x - (x * reciprocal >>> shift) * y - y;
      out[o + k] = r + (y & r >> 63);
    }
  }

  static void quotient(long[] a, int i, long y, long[] out, int o, int n) {
    long reciprocal = reciprocal(y);
    int shift = shift(y);
    for (int k = 0; k < n; k++) {
      long x = a[i + k];
      long q = x * reciprocal >>> shift;
      out[o + k] = q + 1 + (x - q * y - y >> 63);
    }
  }
}
