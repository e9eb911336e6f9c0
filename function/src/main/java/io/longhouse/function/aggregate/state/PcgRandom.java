package io.longhouse.function.aggregate.state;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * The generator pcg32_fast: a 64-bit multiplicative congruential generator with the output function
 * XSH-RS. Sampling functions store it in their states, as text.
 */
public final class PcgRandom {
  private static final long MULTIPLIER = 0x5851F42D4C957F2DL;
  private static final long RANGE = 1L << 32;

  private long state;

  public PcgRandom(long seed) {
    this.state = seed | 3;
  }

  /** The next 32 bits, as a number from 0 on. */
  public long next() {
    long s = state;
    state = s * MULTIPLIER;
    return (s ^ s >>> 22) >>> (22 + (int) (s >>> 61)) & 0xFFFFFFFFL;
  }

  /** A number below {@code limit}, as sampling draws it. */
  public long below(long limit) {
    if (limit < RANGE) {
      return next() % limit;
    }
    long high = next();
    return Long.remainderUnsigned(high * RANGE + next(), limit);
  }

  /** Multiplier, increment and state in decimal. */
  public String text() {
    return Long.toUnsignedString(MULTIPLIER) + " 0 " + Long.toUnsignedString(state);
  }

  public void restore(String text) {
    String[] parts = text.split(" ", -1);
    try {
      state = Long.parseUnsignedLong(parts[parts.length - 1]);
    } catch (NumberFormatException e) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "No state of a random generator: '" + text + "'", e);
    }
  }
}
