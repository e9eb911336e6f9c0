package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import org.jspecify.annotations.Nullable;

/** A number as true where it is not zero. */
public final class BoolCast extends Cast {
  private final NumberShape from;

  public BoolCast(NumberShape from) {
    this.from = from;
  }

  @Override
  public boolean mayThrow() {
    return false;
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    byte[] out = new byte[rows];
    if (from.isFloat()) {
      var in = new DoubleOperand(source, from, rows);
      for (int start = 0; start < rows; start += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - start);
        in.load(start, n);
        for (int k = 0; k < n; k++) {
          out[start + k] = (byte) (in.array()[in.offset() + k] != 0 ? 1 : 0);
        }
      }
    } else if (from.isWide()) {
      int words = from.words();
      var in = new WideOperand(source, from.signed(), words, rows);
      for (int start = 0; start < rows; start += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - start);
        in.load(start, n);
        for (int k = 0; k < n; k++) {
          boolean zero = WideWords.isZero(in.array(), in.offset() + k * words, words);
          out[start + k] = (byte) (zero ? 0 : 1);
        }
      }
    } else {
      longs(new LongOperand(source, from.signed(), rows), out, rows);
    }
    return new Int8Column(out, rows);
  }

  private static void longs(LongOperand in, byte[] out, int rows) {
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      long[] v = in.array();
      int i = in.offset();
      for (int k = 0; k < n; k++) {
        long x = v[i + k];
        out[start + k] = (byte) (int) ((x | -x) >>> 63);
      }
    }
  }
}
