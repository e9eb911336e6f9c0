package io.longhouse.function.scalar.comparison;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.Scratch;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;

/** Two numbers, or two values that are stored as numbers. */
record NumberComparison(CompareOp op, NumberShape a, NumberShape b) implements ScalarFunction {
  @Override
  public DataType resultType() {
    return IntegerType.UINT8;
  }

  @Override
  public boolean mayThrow() {
    return a.scale() != b.scale();
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    byte[] out = Scratch.bytes(rows);
    Column x = arguments[0];
    Column y = arguments[1];
    if (a.isFloat() || b.isFloat()) {
      floats(x, y, out, rows);
    } else if (a.isWide() || b.isWide()) {
      wide(x, y, out, rows);
    } else if (a.scale() != b.scale()) {
      scaled(x, y, out, rows);
    } else {
      longs(x, y, out, rows);
    }
    return new Int8Column(out, rows);
  }

  private void longs(Column x, Column y, byte[] out, int rows) {
    boolean aHuge = !a.signed() && a.bytes() == 8;
    boolean bHuge = !b.signed() && b.bytes() == 8;
    var p = new LongOperand(x, a.signed(), rows);
    var q = new LongOperand(y, b.signed(), rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      p.load(from, n);
      q.load(from, n);
      if (aHuge && b.signed()) {
        LongComparison.compareUnsignedWithSigned(
            op, p.array(), p.offset(), q.array(), q.offset(), out, from, n);
      } else if (bHuge && a.signed()) {
        LongComparison.compareUnsignedWithSigned(
            op.swapped(), q.array(), q.offset(), p.array(), p.offset(), out, from, n);
      } else {
        long flip = aHuge || bHuge ? Long.MIN_VALUE : 0;
        LongComparison.compare(
            op, p.array(), p.offset(), q.array(), q.offset(), out, from, n, flip);
      }
    }
  }

  private static boolean isExactAsDouble(NumberShape s) {
    return s.isFloat() || s.isDecimal() || s.bytes() <= 4 || s.isWide();
  }

  private void floats(Column x, Column y, byte[] out, int rows) {
    if (isExactAsDouble(a) && isExactAsDouble(b)) {
      var p = new DoubleOperand(x, a, rows);
      var q = new DoubleOperand(y, b, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        p.load(from, n);
        q.load(from, n);
        DoubleComparison.compare(op, p.array(), p.offset(), q.array(), q.offset(), out, from, n);
      }
      return;
    }
    boolean wholeFirst = !a.isFloat();
    NumberShape whole = wholeFirst ? a : b;
    var p = new LongOperand(wholeFirst ? x : y, whole.signed(), rows);
    var q = new DoubleOperand(wholeFirst ? y : x, wholeFirst ? b : a, rows);
    CompareOp oriented = wholeFirst ? op : op.swapped();
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      p.load(from, n);
      q.load(from, n);
      LongComparison.compareWithDouble(
          oriented, p.array(), p.offset(), whole.signed(), q.array(), q.offset(), out, from, n);
    }
  }

  private static LonghouseException overflow() {
    return new LonghouseException(
        ErrorCode.DECIMAL_OVERFLOW, "Can't compare decimal number due to overflow");
  }

  /** Decimals of different scales: the one with fewer digits is shifted. */
  private void scaled(Column x, Column y, byte[] out, int rows) {
    int scale = Math.max(a.scale(), b.scale());
    long f = WideWords.powerOfTen(scale - a.scale());
    long g = WideWords.powerOfTen(scale - b.scale());
    var p = new LongOperand(x, a.signed(), rows);
    var q = new LongOperand(y, b.signed(), rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      p.load(from, n);
      q.load(from, n);
      long bad = 0;
      for (int k = 0; k < n; k++) {
        long u = p.array()[p.offset() + k];
        long v = q.array()[q.offset() + k];
        long us = u * f;
        long vs = v * g;
        bad |= Math.multiplyHigh(u, f) ^ us >> 63;
        bad |= Math.multiplyHigh(v, g) ^ vs >> 63;
        out[from + k] = (byte) (op.test(Long.compare(us, vs)) ? 1 : 0);
      }
      if (bad != 0) {
        throw overflow();
      }
    }
  }

  private void wide(Column x, Column y, byte[] out, int rows) {
    int words = Math.max(a.words(), b.words());
    boolean mixed = a.signed() != b.signed();
    var p = new WideOperand(x, a.signed(), words, rows);
    var q = new WideOperand(y, b.signed(), words, rows);
    boolean shifted = a.scale() != b.scale();
    int scale = Math.max(a.scale(), b.scale());
    BigInteger f = BigInteger.TEN.pow(scale - a.scale());
    BigInteger g = BigInteger.TEN.pow(scale - b.scale());
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      p.load(from, n);
      q.load(from, n);
      for (int k = 0; k < n; k++) {
        int i = p.offset() + k * words;
        int j = q.offset() + k * words;
        int order =
            shifted || mixed
                ? WideWords.value(p.array(), i, words, a.signed())
                    .multiply(f)
                    .compareTo(WideWords.value(q.array(), j, words, b.signed()).multiply(g))
                : WideWords.compare(p.array(), i, q.array(), j, words, a.signed());
        out[from + k] = (byte) (op.test(order) ? 1 : 0);
      }
    }
  }
}
