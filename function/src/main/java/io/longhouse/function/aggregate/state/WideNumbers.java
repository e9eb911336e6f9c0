package io.longhouse.function.aggregate.state;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.WideColumn;
import java.math.BigInteger;

/** Integers of several words, the least significant first. */
public final class WideNumbers {
  private WideNumbers() {}

  /** Adds {@code n} words of {@code v} to {@code words}, wrapping. */
  public static void add(long[] words, int at, long[] v, int from, int n) {
    long carry = 0;
    for (int k = 0; k < n; k++) {
      long a = words[at + k];
      long b = v[from + k];
      long sum = a + b + carry;
      words[at + k] = sum;
      carry = ((a & b) | ((a | b) & ~sum)) >>> 63;
    }
  }

  /** Adds a value of one word, widened with its sign or with zeros. */
  public static void add(long[] words, int at, long v, boolean signed, int n) {
    long high = signed ? v >> 63 : 0;
    long carry = 0;
    for (int k = 0; k < n; k++) {
      long a = words[at + k];
      long b = k == 0 ? v : high;
      long sum = a + b + carry;
      words[at + k] = sum;
      carry = ((a & b) | ((a | b) & ~sum)) >>> 63;
    }
  }

  /** Widens every value of an integer column to {@code n} words; not to be written. */
  public static long[] widen(Column column, NumberLayout layout, int n, int rows) {
    if (column instanceof ConstColumn k) {
      return widen(k.full(), layout, n, rows);
    }
    if (column instanceof WideColumn w && w.wordsPerValue() == n) {
      return w.words();
    }
    long[] out = new long[rows * n];
    if (column instanceof WideColumn w) {
      int m = w.wordsPerValue();
      for (int r = 0; r < rows; r++) {
        System.arraycopy(w.words(), r * m, out, r * n, m);
        long high = layout.signed() ? w.words()[r * m + m - 1] >> 63 : 0;
        java.util.Arrays.fill(out, r * n + m, (r + 1) * n, high);
      }
    } else {
      long[] v = Values.longs(column, layout.signed(), rows);
      for (int r = 0; r < rows; r++) {
        out[r * n] = v[r];
        long high = layout.signed() ? v[r] >> 63 : 0;
        java.util.Arrays.fill(out, r * n + 1, (r + 1) * n, high);
      }
    }
    return out;
  }

  public static BigInteger toBigInteger(long[] words, int at, int n, boolean signed) {
    byte[] bytes = new byte[8 * n];
    for (int k = 0; k < n; k++) {
      long w = words[at + k];
      for (int b = 0; b < 8; b++) {
        bytes[8 * (n - k) - 1 - b] = (byte) (w >>> 8 * b);
      }
    }
    return signed ? new BigInteger(bytes) : new BigInteger(1, bytes);
  }

  /** The lowest {@code n} words of a number. */
  public static void fromBigInteger(BigInteger v, long[] words, int at, int n) {
    for (int k = 0; k < n; k++) {
      words[at + k] = v.shiftRight(64 * k).longValue();
    }
  }
}
