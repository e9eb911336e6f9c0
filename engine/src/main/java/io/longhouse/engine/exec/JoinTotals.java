package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import org.jspecify.annotations.Nullable;

/** The row of totals of a join: those of both sides beside each other. */
final class JoinTotals {
  private JoinTotals() {}

  /**
   * @param leftColumns how many columns the left side has
   * @param header of the join
   * @return null when neither side has totals
   */
  static @Nullable Block of(
      @Nullable Block left, @Nullable Block right, int leftColumns, Header header) {
    if (left == null && right == null) {
      return null;
    }
    Column[] out = new Column[header.size()];
    for (int i = 0; i < out.length; i++) {
      Block side = i < leftColumns ? left : right;
      int at = i < leftColumns ? i : i - leftColumns;
      DataType type = header.type(i);
      out[i] =
          side == null || side.rows() == 0
              ? type.defaultValue()
              : inType(side.column(at).full(), type);
    }
    return new Block(out, 1);
  }

  private static Column inType(Column c, DataType type) {
    boolean becomesNullable = type instanceof NullableType && !(c instanceof NullableColumn);
    return becomesNullable ? new NullableColumn(c.plain(), new byte[1]) : c;
  }
}
