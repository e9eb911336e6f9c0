package io.longhouse.function.scalar.bit;

import io.longhouse.function.number.LongKernel;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Bitwise kernels over longs. */
final class BitKernels {
  private BitKernels() {}

  static void and(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] & b[j + k];
    }
  }

  static void or(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] | b[j + k];
    }
  }

  static void xor(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] ^ b[j + k];
    }
  }

  /** How many bits differ once both numbers are widened to 64 bits. */
  static void distance(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = Long.bitCount(a[i + k] ^ b[j + k]);
    }
  }

  /** The bit at a place of numbers of that many bytes. */
  static LongKernel test(int bytes) {
    int bits = bytes * 8;
    return (a, i, b, j, out, o, n) -> {
      for (int k = 0; k < n; k++) {
        long at = b[j + k];
        if (at < 0 || at >= bits) {
          throw new LonghouseException(
              ErrorCode.PARAMETER_OUT_OF_BOUND,
              "The bit position argument needs to a positive value and less or equal to "
                  + (bits - 1)
                  + " for integer "
                  + a[i + k]);
        }
        out[o + k] = a[i + k] >>> at & 1;
      }
    };
  }

  /** Rotation of {@code bits} bits, up when {@code direction} is 1 and down when it is -1. */
  static LongKernel rotate(int bits, int direction) {
    long mask = bits == 64 ? -1L : (1L << bits) - 1;
    return (a, i, b, j, out, o, n) -> {
      for (int k = 0; k < n; k++) {
        long v = a[i + k] & mask;
        int by = (int) Math.floorMod(b[j + k] * direction, (long) bits);
        out[o + k] = by == 0 ? v : (v << by | v >>> bits - by) & mask;
      }
    };
  }
}
