package io.longhouse.function.number;

import java.math.BigInteger;

/**
 * Arithmetic on numbers of several longs, the least significant first, two's complement. Results
 * may stand where an operand stood.
 */
public final class WideWords {
  private static final long[] POWERS_OF_TEN = new long[19];

  static {
    long p = 1;
    for (int i = 0; i < 19; i++) {
      POWERS_OF_TEN[i] = p;
      p *= 10;
    }
  }

  private WideWords() {}

  /** 10^{@code n}, n from 0 to 18. */
  public static long powerOfTen(int n) {
    return POWERS_OF_TEN[n];
  }

  /** Copies with sign or zero extension, or cuts off the upper words. */
  public static void copy(
      long[] from, int at, int have, long[] to, int toAt, int want, boolean signed) {
    int n = Math.min(have, want);
    for (int k = 0; k < n; k++) {
      to[toAt + k] = from[at + k];
    }
    long fill = signed ? from[at + have - 1] >> 63 : 0;
    for (int k = n; k < want; k++) {
      to[toAt + k] = fill;
    }
  }

  /** 16 bytes in network order. */
  public static void fromBigEndian(byte[] bytes, int at, long[] to, int toAt, int words) {
    long hi = 0;
    long lo = 0;
    for (int i = 0; i < 8; i++) {
      hi = hi << 8 | bytes[at + i] & 0xFF;
      lo = lo << 8 | bytes[at + 8 + i] & 0xFF;
    }
    to[toAt] = lo;
    to[toAt + 1] = hi;
    for (int k = 2; k < words; k++) {
      to[toAt + k] = 0;
    }
  }

  public static void add(long[] a, int i, long[] b, int j, long[] out, int o, int words) {
    long carry = 0;
    for (int k = 0; k < words; k++) {
      long x = a[i + k];
      long s = x + b[j + k];
      long c = Long.compareUnsigned(s, x) < 0 ? 1 : 0;
      long t = s + carry;
      c |= Long.compareUnsigned(t, s) < 0 ? 1 : 0;
      out[o + k] = t;
      carry = c;
    }
  }

  public static void subtract(long[] a, int i, long[] b, int j, long[] out, int o, int words) {
    long borrow = 0;
    for (int k = 0; k < words; k++) {
      long x = a[i + k];
      long y = b[j + k];
      long d = x - y;
      long c = Long.compareUnsigned(x, y) < 0 ? 1 : 0;
      long t = d - borrow;
      c |= Long.compareUnsigned(d, borrow) < 0 ? 1 : 0;
      out[o + k] = t;
      borrow = c;
    }
  }

  public static void negate(long[] a, int i, long[] out, int o, int words) {
    long carry = 1;
    for (int k = 0; k < words; k++) {
      long v = ~a[i + k] + carry;
      carry = carry == 1 && v == 0 ? 1 : 0;
      out[o + k] = v;
    }
  }

  /** The low {@code words} words of the product; words is 2 or 4. */
  public static void multiply(long[] a, int i, long[] b, int j, long[] out, int o, int words) {
    if (words == 2) {
      long lo = a[i] * b[j];
      long hi = Math.unsignedMultiplyHigh(a[i], b[j]) + a[i] * b[j + 1] + a[i + 1] * b[j];
      out[o] = lo;
      out[o + 1] = hi;
      return;
    }
    long r0 = 0;
    long r1 = 0;
    long r2 = 0;
    long r3 = 0;
    for (int k = 0; k < 4; k++) {
      long x = a[i + k];
      long carry = 0;
      for (int m = 0; k + m < 4; m++) {
        long y = b[j + m];
        long lo = x * y;
        long hi = Math.unsignedMultiplyHigh(x, y);
        long had =
            switch (k + m) {
              case 0 -> r0;
              case 1 -> r1;
              case 2 -> r2;
              default -> r3;
            };
        long s = lo + had;
        hi += Long.compareUnsigned(s, lo) < 0 ? 1 : 0;
        long t = s + carry;
        hi += Long.compareUnsigned(t, s) < 0 ? 1 : 0;
        carry = hi;
        switch (k + m) {
          case 0 -> r0 = t;
          case 1 -> r1 = t;
          case 2 -> r2 = t;
          default -> r3 = t;
        }
      }
    }
    out[o] = r0;
    out[o + 1] = r1;
    out[o + 2] = r2;
    out[o + 3] = r3;
  }

  public static boolean isZero(long[] a, int i, int words) {
    long any = 0;
    for (int k = 0; k < words; k++) {
      any |= a[i + k];
    }
    return any == 0;
  }

  public static int compare(long[] a, int i, long[] b, int j, int words, boolean signed) {
    for (int k = words - 1; k >= 0; k--) {
      long x = a[i + k];
      long y = b[j + k];
      if (x != y) {
        return signed && k == words - 1 ? Long.compare(x, y) : Long.compareUnsigned(x, y);
      }
    }
    return 0;
  }

  /** Whether the value is that of its lowest word alone. */
  public static boolean fitsLong(long[] a, int i, int words, boolean signed) {
    long fill = signed ? a[i] >> 63 : 0;
    long other = 0;
    for (int k = 1; k < words; k++) {
      other |= a[i + k] ^ fill;
    }
    return other == 0 && (signed || a[i] >= 0);
  }

  /** Quotient truncated toward zero; the divisor must not be zero. */
  public static void divide(
      long[] a, int i, long[] b, int j, long[] out, int o, int words, boolean signed) {
    if (fitsLong(a, i, words, signed) && fitsLong(b, j, words, signed) && a[i] != Long.MIN_VALUE) {
      set(out, o, words, a[i] / b[j]);
    } else {
      set(out, o, words, value(a, i, words, signed).divide(value(b, j, words, signed)));
    }
  }

  /** Remainder with the dividend's sign; the divisor must not be zero. */
  public static void remainder(
      long[] a, int i, long[] b, int j, long[] out, int o, int words, boolean signed) {
    if (fitsLong(a, i, words, signed) && fitsLong(b, j, words, signed)) {
      set(out, o, words, a[i] % b[j]);
    } else {
      set(out, o, words, value(a, i, words, signed).remainder(value(b, j, words, signed)));
    }
  }

  /** The number as an object: for constants, messages and rare slow paths. */
  public static BigInteger value(long[] a, int i, int words, boolean signed) {
    byte[] bytes = new byte[words * 8 + 1];
    for (int k = 0; k < words; k++) {
      long w = a[i + k];
      for (int n = 0; n < 8; n++) {
        bytes[bytes.length - 1 - k * 8 - n] = (byte) (w >>> 8 * n);
      }
    }
    bytes[0] = (byte) (signed ? a[i + words - 1] >> 63 : 0);
    return new BigInteger(bytes);
  }

  /** Sets the low words of a number. */
  public static void set(long[] out, int o, int words, BigInteger value) {
    if (value.bitLength() < 64) {
      set(out, o, words, value.longValue());
      return;
    }
    for (int k = 0; k < words; k++) {
      out[o + k] = value.shiftRight(64 * k).longValue();
    }
  }

  /** Sets a number from a signed long. */
  public static void set(long[] out, int o, int words, long value) {
    out[o] = value;
    for (int k = 1; k < words; k++) {
      out[o + k] = value >> 63;
    }
  }

  /** Whether a number fits {@code words} signed words. */
  public static boolean fits(BigInteger value, int words) {
    return value.bitLength() < 64 * words;
  }
}
