package io.longhouse.column.type;

import java.math.BigInteger;

/**
 * Powers of ten as 128-bit numbers with the top bit set, for the conversion between doubles and
 * decimal digits in both directions. Computed once, exactly, when first needed.
 */
final class PowersOfTen {
  static final int MIN = -342;
  static final int MAX = 324;

  /** The upper 64 bits of each power, rounded down. */
  static final long[] HIGH = new long[MAX - MIN + 1];

  /** The lower 64 bits of each power, rounded down; up for -27 to -1, where reading needs it. */
  static final long[] LOW = new long[MAX - MIN + 1];

  /** The lower 64 bits of each power, one more wherever it is not exact; never carries. */
  static final long[] LOW_UP = new long[MAX - MIN + 1];

  static {
    BigInteger five = BigInteger.valueOf(5);
    BigInteger power = BigInteger.ONE;
    for (int e = 0; e <= MAX; e++) {
      int shift = 128 - power.bitLength();
      put(e, shift >= 0 ? power.shiftLeft(shift) : power.shiftRight(-shift), shift >= 0);
      power = power.multiply(five);
    }
    power = five;
    for (int e = -1; e >= MIN; e--) {
      BigInteger quotient = BigInteger.ONE.shiftLeft(power.bitLength() + 127).divide(power);
      put(e, quotient.shiftRight(quotient.bitLength() - 128), false);
      power = power.multiply(five);
    }
  }

  private PowersOfTen() {}

  private static void put(int exponent, BigInteger value, boolean exact) {
    int i = exponent - MIN;
    HIGH[i] = value.shiftRight(64).longValue();
    long low = value.longValue();
    LOW_UP[i] = exact ? low : low + 1;
    LOW[i] = exponent < 0 && exponent >= -27 ? low + 1 : low;
  }
}
