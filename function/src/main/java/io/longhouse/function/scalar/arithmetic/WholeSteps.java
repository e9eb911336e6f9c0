package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;

/** Numbers of days, seconds or other steps as whole numbers: fractions are cut off. */
public final class WholeSteps {
  private WholeSteps() {}

  public static Column of(Column steps, NumberShape shape, int rows) {
    if (!shape.isFloat()) {
      return steps;
    }
    if (steps instanceof ConstColumn c) {
      return new ConstColumn(of(c.value(), shape, 1), rows);
    }
    var operand = new DoubleOperand(steps, shape, rows);
    long[] out = new long[rows];
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      operand.load(from, n);
      for (int k = 0; k < n; k++) {
        out[from + k] = (long) operand.array()[operand.offset() + k];
      }
    }
    return new Int64Column(out, rows);
  }
}
