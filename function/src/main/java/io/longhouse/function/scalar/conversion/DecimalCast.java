package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Between decimals, and between decimals and other numbers; fractions are cut off. */
final class DecimalCast extends Cast {
  private final NumberShape from;
  private final NumberShape to;

  DecimalCast(NumberShape from, NumberShape to) {
    this.from = from;
    this.to = to;
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    if (from.isFloat()) {
      return fromFloat(source, rows, failed);
    }
    int shift = to.scale() - from.scale();
    return from.isWide() || to.isWide() || Math.abs(shift) > 18
        ? wide(source, rows, shift, failed)
        : longs(source, rows, shift, failed);
  }

  private LonghouseException overflow() {
    return new LonghouseException(
        ErrorCode.DECIMAL_OVERFLOW,
        to.isDecimal() ? "Decimal convert overflow" : "Convert overflow");
  }

  private Column longs(Column source, int rows, int shift, byte @Nullable [] failed) {
    long factor = WideWords.powerOfTen(Math.max(0, shift));
    long divisor = WideWords.powerOfTen(Math.max(0, -shift));
    int bits = to.bytes() * 8 - (to.signed() ? 1 : 0);
    boolean huge = !from.signed() && from.bytes() == 8;
    var in = new LongOperand(source, from.signed(), rows);
    var out = new LongSink(to.bytes(), rows);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      for (int k = 0; k < n; k++) {
        long v = in.array()[in.offset() + k];
        long scaled = v * factor / divisor;
        boolean bad = Math.multiplyHigh(v, factor) != v * factor >> 63 || huge && v < 0;
        if (to.signed()) {
          bad |= scaled >> bits != scaled >> 63;
        } else {
          bad |= scaled < 0 || bits < 64 && scaled >>> bits != 0;
        }
        if (bad) {
          if (failed == null) {
            throw overflow();
          }
          failed[start + k] = 1;
          scaled = 0;
        }
        out.target()[out.offset() + k] = scaled;
      }
      out.advance(n);
    }
    return out.build();
  }

  private Column wide(Column source, int rows, int shift, byte @Nullable [] failed) {
    int words = Math.max(from.words(), to.words());
    BigInteger power = BigInteger.TEN.pow(Math.abs(shift));
    var in = new WideOperand(source, from.signed(), words, rows);
    long[] out = new long[Math.multiplyExact(rows, words)];
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      for (int k = 0; k < n; k++) {
        BigInteger v = WideWords.value(in.array(), in.offset() + k * words, words, from.signed());
        v = shift >= 0 ? v.multiply(power) : v.divide(power);
        int bits = to.bytes() * 8;
        boolean fits =
            to.signed() ? v.bitLength() < bits : v.signum() >= 0 && v.bitLength() <= bits;
        if (fits) {
          WideWords.set(out, (start + k) * words, words, v);
        } else if (failed == null) {
          throw overflow();
        } else {
          failed[start + k] = 1;
        }
      }
    }
    return Kernels.narrowed(out, words, to.bytes(), rows);
  }

  private Column fromFloat(Column source, int rows, byte @Nullable [] failed) {
    int words = to.words();
    double factor = Math.pow(10, to.scale());
    double limit = Math.scalb(1.0, to.bytes() * 8 - 1);
    var in = new DoubleOperand(source, from, rows);
    long[] out = new long[Math.multiplyExact(rows, words)];
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      for (int k = 0; k < n; k++) {
        double x = in.array()[in.offset() + k];
        double scaled = x * factor;
        if (Double.isFinite(x) && scaled > -limit && scaled < limit) {
          if (Math.abs(scaled) < 0x1p63) {
            WideWords.set(out, (start + k) * words, words, (long) scaled);
          } else {
            WideWords.set(out, (start + k) * words, words, new BigDecimal(scaled).toBigInteger());
          }
        } else if (failed == null) {
          throw new LonghouseException(
              ErrorCode.DECIMAL_OVERFLOW,
              Double.isFinite(x)
                  ? "Decimal convert overflow. Float is out of Decimal range"
                  : "Decimal convert overflow. Cannot convert infinity or NaN to decimal");
        } else {
          failed[start + k] = 1;
        }
      }
    }
    return Kernels.narrowed(out, words, to.bytes(), rows);
  }
}
