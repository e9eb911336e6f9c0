package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import org.jspecify.annotations.Nullable;

/** The smallest and the largest value of each column of a result. */
public final class Extremes {
  private final Header header;
  private boolean any;
  private final @Nullable Column[] minimum;
  private final @Nullable Column[] maximum;

  public Extremes(Header header) {
    this.header = header;
    this.minimum = new Column[header.size()];
    this.maximum = new Column[header.size()];
  }

  public void add(Block block) {
    any |= block.rows() > 0;
    for (int i = 0; i < header.size(); i++) {
      DataType type = header.type(i);
      if (type.isComparable() && block.rows() > 0) {
        add(i, LowCardinalityType.strip(type), block.column(i).plain());
      }
    }
  }

  private void add(int i, DataType type, Column c) {
    int low = -1;
    int high = -1;
    for (int r = 0; r < c.size(); r++) {
      if (c.isNullAt(r)) {
        continue;
      }
      low = low < 0 || type.compare(c, r, c, low, 1) < 0 ? r : low;
      high = high < 0 || type.compare(c, r, c, high, 1) > 0 ? r : high;
    }
    if (low < 0) {
      return;
    }
    Column min = minimum[i];
    Column max = maximum[i];
    if (min == null || type.compare(c, low, min, 0, 1) < 0) {
      minimum[i] = c.slice(low, 1);
    }
    if (max == null || type.compare(c, high, max, 0, 1) > 0) {
      maximum[i] = c.slice(high, 1);
    }
  }

  /**
   * Two rows, minimum and maximum; the type's default where there was no value. Null when there was
   * no row.
   */
  public @Nullable Block block() {
    if (!any) {
      return null;
    }
    Column[] columns = new Column[header.size()];
    for (int i = 0; i < columns.length; i++) {
      ColumnBuilder b = header.type(i).newBuilder(2);
      Column min = minimum[i];
      Column max = maximum[i];
      if (min == null || max == null) {
        b.appendDefault(2);
      } else {
        b.append(min, 0);
        b.append(max, 0);
      }
      columns[i] = b.build();
    }
    return new Block(columns, 2);
  }
}
