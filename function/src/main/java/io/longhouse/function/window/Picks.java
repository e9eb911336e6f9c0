package io.longhouse.function.window;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Results that are values of other rows. */
final class Picks {
  private Picks() {}

  /** The values at places {@code at}; the type's default where that is negative. */
  static Column of(Column values, DataType type, int[] at, int count) {
    boolean all = true;
    for (int i = 0; i < count; i++) {
      all &= at[i] >= 0;
    }
    if (all) {
      return values.gather(at, count);
    }
    return of(values, type, at, type.defaultValue(), false);
  }

  /**
   * The values at places {@code at}; where that is negative, the value of {@code otherwise}, which
   * has one row or as many as there are places.
   */
  static Column of(Column values, DataType type, int[] at, Column otherwise, boolean rowWise) {
    int n = values.size();
    ColumnBuilder both = type.newBuilder(n + otherwise.size());
    both.appendRange(values, 0, n);
    both.appendRange(otherwise, 0, otherwise.size());
    int[] places = new int[at.length];
    for (int i = 0; i < at.length; i++) {
      places[i] = at[i] >= 0 ? at[i] : rowWise ? n + i : n;
    }
    return both.build().gather(places, at.length);
  }

  /**
   * An offset as a number of rows; beyond all rows becomes {@code Integer.MAX_VALUE}.
   *
   * @throws LonghouseException BAD_ARGUMENTS for one below {@code min}
   */
  static int offset(String function, long value, boolean signed, int min) {
    if (value < min) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The offset for function "
              + function
              + " must be in ("
              + min
              + ", 9223372036854775807], "
              + (signed ? Long.toString(value) : Long.toUnsignedString(value))
              + " given");
    }
    return (int) Math.min(value, Integer.MAX_VALUE);
  }
}
