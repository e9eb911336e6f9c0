package io.longhouse.function.number;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Scratch;
import io.longhouse.column.type.BFloat16Type;
import io.longhouse.column.type.Numbers;
import java.util.Arrays;

/** Numbers of any shape as doubles; used like {@link LongOperand}. */
public final class DoubleOperand {
  private final Column column;
  private final NumberShape shape;
  private final double divisor;
  private final double[] array;
  private final boolean constant;
  private int offset;

  public DoubleOperand(Column column, NumberShape shape, int rows) {
    this.shape = shape;
    this.divisor = shape.scale() == 0 ? 1 : Math.pow(10, shape.scale());
    this.constant = column instanceof ConstColumn;
    this.column = column instanceof ConstColumn c ? c.value().plain() : column.plain();
    if (!constant && this.column instanceof Float64Column c) {
      this.array = c.values();
    } else {
      this.array = Scratch.doubles(Math.max(1, Math.min(rows, LongOperand.CHUNK)));
      if (constant) {
        widen(0, 1);
        Arrays.fill(array, array[0]);
      }
    }
  }

  public boolean isConstant() {
    return constant;
  }

  /** The value of a constant operand. */
  public double constantValue() {
    return array[0];
  }

  /** Makes {@code length} rows, at most {@link LongOperand#CHUNK}, available. */
  public void load(int from, int length) {
    if (constant) {
      return;
    }
    if (column instanceof Float64Column) {
      offset = from;
    } else {
      widen(from, length);
    }
  }

  private void widen(int from, int length) {
    if (shape.isFloat() && shape.bytes() == 2) {
      short[] v = ((Int16Column) column).values();
      for (int i = 0; i < length; i++) {
        array[i] = BFloat16Type.toFloat(v[from + i]);
      }
      return;
    }
    Numbers.toDoubles(column, from, length, shape.signed(), array);
    if (divisor != 1) {
      for (int i = 0; i < length; i++) {
        array[i] /= divisor;
      }
    }
  }

  public double[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }
}
