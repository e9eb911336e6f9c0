package io.longhouse.function.scalar.arithmetic;

import io.longhouse.function.number.LongKernel;
import io.longhouse.function.number.NumberShape;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Integer division, remainder, gcd and lcm of numbers of at most 8 bytes. The operands are loaded
 * with {@link #loadSigned}; a zero divisor and the least number by -1 throw or give zero.
 *
 * @param unsignedOperation whether the operation itself is unsigned
 * @param mask32 whether operands are cut to 32 bits before it
 * @param small whether magnitudes stay below 2^52
 * @param minimum the least dividend where dividing it by -1 must not be done, or 0
 */
record LongDivision(
    ArithmeticOp op,
    boolean zeroOnError,
    boolean unsignedOperation,
    boolean mask32,
    boolean small,
    long minimum,
    boolean aSigned,
    boolean bSigned)
    implements LongKernel {

  static LongDivision of(ArithmeticOp op, boolean zeroOnError, NumberShape a, NumberShape b) {
    boolean signed = a.signed() || b.signed();
    boolean small = a.bytes() <= 4 && b.bytes() <= 4;
    long minimum = a.signed() && b.signed() ? -1L << a.bytes() * 8 - 1 : 0;
    if (!op.isModulo()) {
      // Beside a signed operand both become signed, a narrower divisor after it is widened.
      boolean loadSigned = op == ArithmeticOp.INT_DIV && signed;
      return new LongDivision(
          op,
          zeroOnError,
          !signed,
          false,
          small,
          loadSigned ? -1L << a.bytes() * 8 - 1 : minimum,
          a.signed() || loadSigned,
          b.signed() || loadSigned && a.bytes() <= b.bytes());
    }
    // The usual arithmetic conversions of C++: at least 32 bits, the wider type's sign, and
    // unsigned where both are equally wide and one is.
    int x = Math.max(4, a.bytes());
    int y = Math.max(4, b.bytes());
    boolean xSigned = a.signed() || a.bytes() < 4;
    boolean ySigned = b.signed() || b.bytes() < 4;
    boolean unsigned = x == y ? !xSigned || !ySigned : x > y ? !xSigned : !ySigned;
    boolean mask = unsigned && Math.max(x, y) == 4 && signed;
    return new LongDivision(
        op, zeroOnError, unsigned, mask, small, minimum, a.signed(), b.signed());
  }

  /** The same by one divisor if there is a faster way, else null. */
  @Nullable LongKernel by(long divisor) {
    boolean isFast =
        small && !aSigned && divisor > 0 && op != ArithmeticOp.GCD && op != ArithmeticOp.LCM;
    return isFast ? new SmallDivision(op.isModulo(), divisor) : null;
  }

  @Override
  public void apply(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    if (zeroOnError) {
      applySkippingErrors(a, i, b, j, out, o, n);
      return;
    }
    LongArithmetic.check(a, i, b, j, n, minimum);
    if (op == ArithmeticOp.GCD || op == ArithmeticOp.LCM) {
      LongArithmetic.check(b, j, a, i, n, minimum);
    }
    compute(a, i, b, j, out, o, n);
  }

  /** Replaces divisors that have no result by 1, then clears those results. */
  private void applySkippingErrors(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    long[] safe = Arrays.copyOfRange(b, j, j + n);
    byte[] bad = new byte[n];
    for (int k = 0; k < n; k++) {
      boolean none = safe[k] == 0 || minimum != 0 && safe[k] == -1 && a[i + k] == minimum;
      bad[k] = (byte) (none ? 1 : 0);
      safe[k] = none ? 1 : safe[k];
    }
    compute(a, i, safe, 0, out, o, n);
    for (int k = 0; k < n; k++) {
      out[o + k] &= bad[k] - 1L;
    }
  }

  private void compute(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    if (mask32) {
      long[] x = new long[n];
      long[] y = new long[n];
      LongArithmetic.maskTo32(a, i, x, n);
      LongArithmetic.maskTo32(b, j, y, n);
      LongArithmetic.remainderSmall(x, 0, y, 0, out, o, n);
      return;
    }
    switch (op) {
      case INT_DIV -> {
        if (small) {
          LongArithmetic.divideSmall(a, i, b, j, out, o, n);
        } else if (unsignedOperation) {
          LongArithmetic.divideUnsigned(a, i, b, j, out, o, n);
        } else {
          LongArithmetic.divideSigned(a, i, b, j, out, o, n);
        }
      }
      case GCD, LCM -> divisor(a, i, b, j, out, o, n);
      default -> {
        if (small) {
          LongArithmetic.remainderSmall(a, i, b, j, out, o, n);
        } else if (unsignedOperation) {
          LongArithmetic.remainderUnsigned(a, i, b, j, out, o, n);
        } else {
          LongArithmetic.remainderSigned(a, i, b, j, out, o, n);
        }
        if (op == ArithmeticOp.POSITIVE_MODULO && !unsignedOperation) {
          LongArithmetic.makePositive(b, j, out, o, n);
        }
      }
    }
  }

  /** Neither end of the range can be the magnitude of an intermediate result. */
  private static void checkMagnitude(long a, long b) {
    boolean bad =
        a == Long.MIN_VALUE || a == Long.MAX_VALUE || b == Long.MIN_VALUE || b == Long.MAX_VALUE;
    if (bad) {
      throw new LonghouseException(
          ErrorCode.DECIMAL_OVERFLOW,
          "Intermediate result overflow (signed a = " + a + ", signed b = " + b + ")");
    }
  }

  private void divisor(long[] a, int i, long[] b, int j, long[] out, int o, int n) {
    boolean signed = aSigned || bSigned;
    for (int k = 0; k < n; k++) {
      long x = a[i + k];
      long y = b[j + k];
      if (signed) {
        checkMagnitude(x, y);
        x = Math.abs(x);
        y = Math.abs(y);
      }
      long g = LongArithmetic.gcd(x, y);
      out[o + k] = op == ArithmeticOp.GCD ? g : Long.divideUnsigned(x, g) * y;
    }
  }
}
