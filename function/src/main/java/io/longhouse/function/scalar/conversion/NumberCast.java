package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.DoubleSink;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** Whole and floating-point numbers of at most 8 bytes into each other. */
final class NumberCast extends Cast {
  private final NumberShape from;
  private final NumberShape to;
  private final DataType fromType;
  private final DataType toType;
  private final boolean accurate;

  private NumberCast(
      NumberShape from, NumberShape to, DataType fromType, DataType toType, boolean accurate) {
    this.from = from;
    this.to = to;
    this.fromType = fromType;
    this.toType = toType;
    this.accurate = accurate;
  }

  static Cast of(
      NumberShape from, NumberShape to, DataType fromType, DataType toType, Casts.Mode mode) {
    boolean accurate = mode == Casts.Mode.ACCURATE;
    if (from.isDecimal() && !to.isFloat() || to.isDecimal()) {
      return new DecimalCast(from, to);
    }
    if (from.isWide() || to.isWide()) {
      return new WideCast(from, to, fromType, toType, accurate);
    }
    return new NumberCast(from, to, fromType, toType, accurate);
  }

  @Override
  public boolean mayThrow() {
    return accurate || from.isFloat() && !to.isFloat();
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    boolean exact = accurate || failed != null;
    if (to.isFloat()) {
      return toFloat(source, rows, exact, failed);
    }
    return from.isFloat()
        ? fromFloat(source, rows, exact, failed)
        : integers(source, rows, exact, failed);
  }

  private LonghouseException unsafe() {
    return unsafe(fromType, toType);
  }

  static LonghouseException unsafe(DataType from, DataType to) {
    return new LonghouseException(
        ErrorCode.CANNOT_CONVERT_TYPE,
        "Value in column " + from + " cannot be safely converted into type " + to);
  }

  private Column integers(Column source, int rows, boolean exact, byte @Nullable [] failed) {
    var in = new LongOperand(source, from.signed(), rows);
    var out = new LongSink(to.bytes(), rows);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      System.arraycopy(in.array(), in.offset(), out.target(), out.offset(), n);
      if (exact) {
        checkRange(in, out, start, n, failed);
      }
      out.advance(n);
    }
    return out.build();
  }

  private void checkRange(
      LongOperand in, LongSink out, int start, int n, byte @Nullable [] failed) {
    int bits = to.bytes() * 8 - (to.signed() ? 1 : 0);
    boolean huge = !from.signed() && from.bytes() == 8;
    for (int k = 0; k < n; k++) {
      long v = in.array()[in.offset() + k];
      boolean fits;
      if (huge) {
        fits = bits == 64 || v >>> bits == 0;
      } else if (to.signed()) {
        fits = v >> bits == 0 || v >> bits == -1;
      } else {
        fits = v >= 0 && (bits == 64 || v >>> bits == 0);
      }
      if (!fits) {
        if (failed == null) {
          throw unsafe();
        }
        failed[start + k] = 1;
        out.target()[out.offset() + k] = 0;
      }
    }
  }

  private Column toFloat(Column source, int rows, boolean exact, byte @Nullable [] failed) {
    var in = new DoubleOperand(source, from, rows);
    var out = new DoubleSink(to.bytes(), rows);
    boolean check = exact && from.isInteger() && from.bytes() * 8 > (to.bytes() == 8 ? 53 : 24);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      System.arraycopy(in.array(), in.offset(), out.target(), out.offset(), n);
      if (check && to.bytes() < 8) {
        for (int k = 0; k < n; k++) {
          double v = in.array()[in.offset() + k];
          if ((float) v != v) {
            if (failed == null) {
              throw unsafe();
            }
            failed[start + k] = 1;
          }
        }
      }
      out.advance(n);
    }
    return out.build();
  }

  private Column fromFloat(Column source, int rows, boolean exact, byte @Nullable [] failed) {
    var in = new DoubleOperand(source, from, rows);
    var out = new LongSink(to.bytes(), rows);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      double[] v = in.array();
      int i = in.offset();
      long[] target = out.target();
      int o = out.offset();
      for (int k = 0; k < n; k++) {
        double x = v[i + k];
        if (exact ? isInexact(x, to) : !Double.isFinite(x)) {
          if (failed == null) {
            throw exact
                ? unsafe()
                : new LonghouseException(
                    ErrorCode.CANNOT_CONVERT_TYPE, "Unexpected inf or nan to integer conversion");
          }
          failed[start + k] = 1;
          target[o + k] = 0;
        } else {
          target[o + k] = truncate(x, to);
        }
      }
      out.advance(n);
    }
    return out.build();
  }

  static boolean isInexact(double x, NumberShape to) {
    int bits = to.bytes() * 8 - (to.signed() ? 1 : 0);
    double limit = Math.scalb(1.0, bits);
    return !(x >= (to.signed() ? -limit : 0) && x < limit && x == Math.rint(x));
  }

  /** What the processor makes of a number that is too large: the least one, or its low bits. */
  static long truncate(double x, NumberShape to) {
    boolean narrow = to.bytes() < 4 || to.bytes() == 4 && to.signed();
    if (narrow) {
      return x > -2147483649.0 && x < 2147483648.0 ? (long) x : Integer.MIN_VALUE;
    }
    if (x >= 0x1p63) {
      boolean unsigned = to.bytes() == 8 && !to.signed() && x < 0x1p64;
      return unsigned ? (long) (x - 0x1p63) ^ Long.MIN_VALUE : Long.MIN_VALUE;
    }
    return (long) x;
  }
}
