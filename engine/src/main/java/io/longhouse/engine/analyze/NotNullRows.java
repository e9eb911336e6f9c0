package io.longhouse.engine.analyze;

import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import java.util.List;

/** The rows of a set's columns that have no NULL in any of them. */
final class NotNullRows {
  private NotNullRows() {}

  static Column[] of(List<Column> columns, int rows) {
    int[] kept = new int[rows];
    int count = 0;
    for (int r = 0; r < rows; r++) {
      boolean isNull = false;
      for (Column c : columns) {
        isNull |= c.isNullAt(r);
      }
      kept[count] = r;
      count += isNull ? 0 : 1;
    }
    Column[] out = new Column[columns.size()];
    for (int i = 0; i < out.length; i++) {
      Column c = columns.get(i);
      Column values = c instanceof NullableColumn n ? n.values() : c;
      out[i] = count == rows ? values : values.gather(kept, count);
    }
    return out;
  }
}
