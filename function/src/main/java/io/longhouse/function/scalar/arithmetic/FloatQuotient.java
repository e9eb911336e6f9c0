package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.WideColumn;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
import java.math.BigDecimal;

/** {@code intDiv} where an operand is a floating-point number. */
final class FloatQuotient {
  private FloatQuotient() {}

  static Column compute(
      NumberShape a,
      NumberShape b,
      NumberShape result,
      boolean zeroOnError,
      Column x,
      Column y,
      int rows) {
    int bits = result.bytes() * 8 - (result.signed() ? 1 : 0);
    double limit = Math.scalb(1.0, bits);
    double lowest = result.signed() ? -limit : -1;
    if (bits < 53) {
      limit -= 1;
    }
    var dividend = new DoubleOperand(x, a, rows);
    var divisor = new DoubleOperand(y, b, rows);
    double[] quotients = new double[Math.min(rows, LongOperand.CHUNK)];
    int words = result.words();
    long[] wide = new long[result.isWide() ? rows * words : 0];
    var sink = new LongSink(Math.min(8, result.bytes()), result.isWide() ? 0 : rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      dividend.load(from, n);
      divisor.load(from, n);
      DoubleArithmetic.integerQuotient(
          dividend.array(),
          dividend.offset(),
          divisor.array(),
          divisor.offset(),
          quotients,
          0,
          n,
          zeroOnError,
          lowest,
          limit);
      if (result.isWide()) {
        for (int k = 0; k < n; k++) {
          WideWords.set(
              wide, (from + k) * words, words, new BigDecimal(quotients[k]).toBigInteger());
        }
      } else {
        for (int k = 0; k < n; k++) {
          sink.target()[sink.offset() + k] = (long) quotients[k];
        }
        sink.advance(n);
      }
    }
    return result.isWide() ? new WideColumn(wide, words, rows) : sink.build();
  }
}
