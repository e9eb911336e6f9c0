package io.longhouse.function.scalar.arithmetic;

import io.longhouse.function.number.WideKernel;
import io.longhouse.function.number.WideWords;
import java.math.BigInteger;

/** Kernels over numbers of several longs. */
final class WideArithmetic {
  private WideArithmetic() {}

  static void plus(long[] a, int i, long[] b, int j, long[] out, int o, int n, int words) {
    for (int k = 0, at = 0; k < n; k++, at += words) {
      WideWords.add(a, i + at, b, j + at, out, o + at, words);
    }
  }

  static void minus(long[] a, int i, long[] b, int j, long[] out, int o, int n, int words) {
    for (int k = 0, at = 0; k < n; k++, at += words) {
      WideWords.subtract(a, i + at, b, j + at, out, o + at, words);
    }
  }

  static void multiply(long[] a, int i, long[] b, int j, long[] out, int o, int n, int words) {
    for (int k = 0, at = 0; k < n; k++, at += words) {
      WideWords.multiply(a, i + at, b, j + at, out, o + at, words);
    }
  }

  /** Division, remainder, gcd or lcm; a zero divisor throws, or gives zero. */
  static WideKernel division(ArithmeticOp op, boolean zeroOnError, boolean signed) {
    return (a, i, b, j, out, o, n, words) -> {
      for (int k = 0, at = 0; k < n; k++, at += words) {
        if (WideWords.isZero(b, j + at, words)
            || op.compareTo(ArithmeticOp.GCD) >= 0 && WideWords.isZero(a, i + at, words)) {
          if (!zeroOnError) {
            throw LongArithmetic.byZero();
          }
          WideWords.set(out, o + at, words, 0);
          continue;
        }
        switch (op) {
          case INT_DIV -> WideWords.divide(a, i + at, b, j + at, out, o + at, words, signed);
          case GCD, LCM -> divisor(op, a, i + at, b, j + at, out, o + at, words, signed);
          default -> {
            WideWords.remainder(a, i + at, b, j + at, out, o + at, words, signed);
            if (op == ArithmeticOp.POSITIVE_MODULO && signed && out[o + at + words - 1] < 0) {
              boolean negative = b[j + at + words - 1] < 0;
              if (negative) {
                WideWords.subtract(out, o + at, b, j + at, out, o + at, words);
              } else {
                WideWords.add(out, o + at, b, j + at, out, o + at, words);
              }
            }
          }
        }
      }
    };
  }

  private static void divisor(
      ArithmeticOp op,
      long[] a,
      int i,
      long[] b,
      int j,
      long[] out,
      int o,
      int words,
      boolean signed) {
    BigInteger x = WideWords.value(a, i, words, signed).abs();
    BigInteger y = WideWords.value(b, j, words, signed).abs();
    BigInteger g = x.gcd(y);
    WideWords.set(out, o, words, op == ArithmeticOp.GCD ? g : x.divide(g).multiply(y));
  }
}
