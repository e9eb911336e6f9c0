package io.longhouse.function.number;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Scratch;
import io.longhouse.column.type.Numbers;
import java.util.Arrays;

/**
 * Whole numbers of at most 8 bytes as longs. After {@link #load} the values of the rows stand in
 * {@link #array} from {@link #offset}: in the column's own array when it is one of longs already.
 */
public final class LongOperand {
  /** Rows at a time: three arrays of longs fit into 32 KiB. */
  public static final int CHUNK = 1024;

  private final Column column;
  private final boolean signed;
  private final long[] array;
  private final boolean constant;
  private int offset;

  /**
   * @param signed whether narrow values are widened with their sign
   * @param rows of the whole evaluation
   */
  public LongOperand(Column column, boolean signed, int rows) {
    this.signed = signed;
    this.constant = column instanceof ConstColumn;
    this.column = column instanceof ConstColumn c ? c.value().plain() : column.plain();
    if (!constant && this.column instanceof Int64Column c) {
      this.array = c.values();
    } else {
      this.array = Scratch.longs(Math.max(1, Math.min(rows, CHUNK)));
      if (constant) {
        Numbers.toLongs(this.column, 0, 1, signed, array);
        Arrays.fill(array, array[0]);
      }
    }
  }

  public boolean isConstant() {
    return constant;
  }

  /** The value of a constant operand. */
  public long constantValue() {
    return array[0];
  }

  /** Makes {@code length} rows, at most {@link #CHUNK}, available. */
  public void load(int from, int length) {
    if (constant) {
      return;
    }
    if (column instanceof Int64Column) {
      offset = from;
    } else {
      Numbers.toLongs(column, from, length, signed, array);
    }
  }

  public long[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }
}
