package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.DoubleSink;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers where one side has 128 or 256 bits. */
final class WideCast extends Cast {
  private final NumberShape from;
  private final NumberShape to;
  private final DataType fromType;
  private final DataType toType;
  private final boolean accurate;

  WideCast(NumberShape from, NumberShape to, DataType fromType, DataType toType, boolean accurate) {
    this.from = from;
    this.to = to;
    this.fromType = fromType;
    this.toType = toType;
    this.accurate = accurate;
  }

  @Override
  public boolean mayThrow() {
    return accurate || from.isFloat();
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    if (to.isFloat()) {
      return toFloat(source, rows);
    }
    return from.isFloat() ? fromFloat(source, rows, failed) : integers(source, rows, failed);
  }

  private Column toFloat(Column source, int rows) {
    var in = new DoubleOperand(source, from, rows);
    var out = new DoubleSink(to.bytes(), rows);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      System.arraycopy(in.array(), in.offset(), out.target(), out.offset(), n);
      out.advance(n);
    }
    return out.build();
  }

  private Column integers(Column source, int rows, byte @Nullable [] failed) {
    int words = Math.max(from.words(), to.words());
    var in = new WideOperand(source, from.signed(), words, rows);
    boolean exact = accurate || failed != null;
    long[] out = new long[Math.multiplyExact(rows, words)];
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      System.arraycopy(in.array(), in.offset(), out, start * words, n * words);
      if (exact) {
        for (int k = 0; k < n; k++) {
          BigInteger v = WideWords.value(out, (start + k) * words, words, from.signed());
          if (!fits(v)) {
            miss(failed, start + k);
            WideWords.set(out, (start + k) * words, words, 0);
          }
        }
      }
    }
    return Kernels.narrowed(out, words, to.bytes(), rows);
  }

  private boolean fits(BigInteger v) {
    int bits = to.bytes() * 8;
    return to.signed() ? v.bitLength() < bits : v.signum() >= 0 && v.bitLength() <= bits;
  }

  private void miss(byte @Nullable [] failed, int row) {
    if (failed == null) {
      throw NumberCast.unsafe(fromType, toType);
    }
    failed[row] = 1;
  }

  private Column fromFloat(Column source, int rows, byte @Nullable [] failed) {
    int words = to.words();
    boolean exact = accurate || failed != null;
    var in = new DoubleOperand(source, from, rows);
    long[] out = new long[Math.multiplyExact(rows, words)];
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      for (int k = 0; k < n; k++) {
        double x = in.array()[in.offset() + k];
        if (exact ? NumberCast.isInexact(x, to) : !Double.isFinite(x)) {
          if (!exact) {
            throw new LonghouseException(
                ErrorCode.CANNOT_CONVERT_TYPE, "Unexpected inf or nan to integer conversion");
          }
          miss(failed, start + k);
        } else if (Math.abs(x) < 0x1p63) {
          WideWords.set(out, (start + k) * words, words, (long) x);
        } else {
          WideWords.set(out, (start + k) * words, words, new BigDecimal(x).toBigInteger());
        }
      }
    }
    return Kernels.narrowed(out, words, to.bytes(), rows);
  }
}
