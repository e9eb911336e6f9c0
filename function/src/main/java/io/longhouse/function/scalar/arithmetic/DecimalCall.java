package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.LongKernel;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideKernel;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;

/**
 * An operation on two decimals, or a decimal and a whole number. The operands are multiplied by
 * powers of ten so that the operation on the numbers behind them has the result's scale.
 *
 * @param width bytes in which it is computed: the widest decimal's
 * @param aScale digits by which the left operand is shifted first
 * @param bScale digits by which the right operand is shifted first
 */
record DecimalCall(
    ArithmeticOp op,
    boolean zeroOnError,
    NumberShape a,
    NumberShape b,
    NumberShape result,
    int width,
    int aScale,
    int bScale)
    implements ScalarFunction {

  /**
   * @throws LonghouseException ARGUMENT_OUT_OF_BOUND (69) where the result's scale does not fit
   */
  static DecimalCall of(ArithmeticOp op, boolean zeroOnError, NumberShape a, NumberShape b) {
    int width = Math.max(a.isDecimal() ? a.bytes() : 4, b.isDecimal() ? b.bytes() : 4);
    int scale =
        switch (op) {
          case PLUS, MINUS -> Math.max(a.scale(), b.scale());
          case MULTIPLY -> a.scale() + b.scale();
          default -> a.isDecimal() ? a.scale() : b.scale();
        };
    int maxScale = width == 4 ? 9 : width == 8 ? 18 : width == 16 ? 38 : 76;
    if (scale > maxScale) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Scale " + scale + " is out of bounds (max scale: " + maxScale + ")");
    }
    if (op.isDivision() && a.isDecimal() && a.scale() < b.scale()) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND, "Decimal result's scale is less than argument's one");
    }
    NumberShape result = NumberShape.decimal(width, scale);
    return switch (op) {
      case PLUS, MINUS ->
          new DecimalCall(
              op, zeroOnError, a, b, result, width, scale - a.scale(), scale - b.scale());
      case DIVIDE ->
          new DecimalCall(
              op, zeroOnError, a, b, result, width, a.isDecimal() ? b.scale() : 2 * b.scale(), 0);
      case INT_DIV ->
          new DecimalCall(
              op,
              zeroOnError,
              a,
              b,
              NumberShape.integer(a.bytes(), true),
              width,
              Math.max(0, b.scale() - a.scale()),
              Math.max(0, a.scale() - b.scale()));
      default -> new DecimalCall(op, zeroOnError, a, b, result, width, 0, 0);
    };
  }

  @Override
  public DataType resultType() {
    return result.type();
  }

  @Override
  public boolean mayThrow() {
    return true;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    Column x = arguments[0];
    Column y = arguments[1];
    if (width > 8 || a.isWide() || b.isWide()) {
      int words = Math.max(width / 8, Math.max(a.words(), b.words()));
      long[] out =
          Kernels.wide(
              wideKernel(),
              new WideOperand(x, a.signed(), words, rows),
              new WideOperand(y, b.signed(), words, rows),
              words,
              rows);
      return Kernels.narrowed(out, words, result.bytes(), rows);
    }
    return Kernels.longs(
        longKernel(),
        new LongOperand(x, a.signed(), rows),
        new LongOperand(y, b.signed(), rows),
        result.bytes(),
        rows);
  }

  private static LonghouseException overflow() {
    return new LonghouseException(ErrorCode.DECIMAL_OVERFLOW, "Decimal math overflow");
  }

  private LongKernel longKernel() {
    long p = WideWords.powerOfTen(aScale);
    long q = WideWords.powerOfTen(bScale);
    long limit = width == 4 ? Integer.MAX_VALUE : Long.MAX_VALUE;
    return (a, i, b, j, out, o, n) -> {
      long bad = 0;
      for (int k = 0; k < n; k++) {
        long x = a[i + k];
        long y = b[j + k];
        long xs = x * p;
        long ys = y * q;
        bad |= Math.multiplyHigh(x, p) ^ xs >> 63;
        bad |= Math.multiplyHigh(y, q) ^ ys >> 63;
        long r;
        switch (op) {
          case PLUS -> {
            r = xs + ys;
            bad |= (xs ^ r) & (ys ^ r) & Long.MIN_VALUE;
          }
          case MINUS -> {
            r = xs - ys;
            bad |= (xs ^ ys) & (xs ^ r) & Long.MIN_VALUE;
          }
          case MULTIPLY -> {
            r = xs * ys;
            bad |= Math.multiplyHigh(xs, ys) ^ r >> 63;
          }
          default -> r = quotient(xs, ys);
        }
        if (limit == Integer.MAX_VALUE) {
          bad |= xs ^ (int) xs | ys ^ (int) ys | (r ^ (int) r);
        }
        out[o + k] = r;
      }
      if (bad != 0) {
        throw overflow();
      }
    };
  }

  private long quotient(long x, long y) {
    if (y == 0) {
      if (zeroOnError) {
        return 0;
      }
      throw LongArithmetic.byZero();
    }
    if (op == ArithmeticOp.DIVIDE || op == ArithmeticOp.INT_DIV) {
      return x / y;
    }
    long r = x % y;
    return op == ArithmeticOp.POSITIVE_MODULO && r < 0 ? r + Math.abs(y) : r;
  }

  private WideKernel wideKernel() {
    BigInteger p = BigInteger.TEN.pow(aScale);
    BigInteger q = BigInteger.TEN.pow(bScale);
    return (a, i, b, j, out, o, n, words) -> {
      long[] ps = new long[words];
      long[] qs = new long[words];
      WideWords.set(ps, 0, words, p);
      WideWords.set(qs, 0, words, q);
      long[] xs = new long[words];
      long[] ys = new long[words];
      for (int k = 0, at = 0; k < n; k++, at += words) {
        WideWords.multiply(a, i + at, ps, 0, xs, 0, words);
        WideWords.multiply(b, j + at, qs, 0, ys, 0, words);
        wideRow(xs, ys, out, o + at, words);
      }
    };
  }

  private void wideRow(long[] xs, long[] ys, long[] out, int o, int words) {
    int top = words - 1;
    switch (op) {
      case PLUS -> {
        WideWords.add(xs, 0, ys, 0, out, o, words);
        if (((xs[top] ^ out[o + top]) & (ys[top] ^ out[o + top])) < 0) {
          throw overflow();
        }
      }
      case MINUS -> {
        WideWords.subtract(xs, 0, ys, 0, out, o, words);
        if (((xs[top] ^ ys[top]) & (xs[top] ^ out[o + top])) < 0) {
          throw overflow();
        }
      }
      case MULTIPLY -> WideWords.multiply(xs, 0, ys, 0, out, o, words);
      default -> {
        if (WideWords.isZero(ys, 0, words)) {
          if (!zeroOnError) {
            throw LongArithmetic.byZero();
          }
          WideWords.set(out, o, words, 0);
        } else if (op == ArithmeticOp.DIVIDE || op == ArithmeticOp.INT_DIV) {
          WideWords.divide(xs, 0, ys, 0, out, o, words, true);
        } else {
          WideWords.remainder(xs, 0, ys, 0, out, o, words, true);
        }
      }
    }
  }
}
