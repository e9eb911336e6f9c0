package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;

/** A column of which each group keeps its first value. */
final class FirstValues implements GroupedColumns {
  private final int place;
  private final ColumnBuilder values;

  FirstValues(int place, DataType type) {
    this.place = place;
    this.values = type.newBuilder(0);
  }

  @Override
  public int[] places() {
    return new int[] {place};
  }

  @Override
  public void add(
      Column[] columns, int rows, int[] groups, int[] firsts, int newGroups, int total) {
    if (newGroups == rows) {
      values.appendRange(columns[place], 0, rows);
    } else {
      values.appendRange(columns[place].gather(firsts, newGroups), 0, newGroups);
    }
  }

  @Override
  public Column[] take(int finished, int total) {
    Column all = values.build();
    if (finished == total) {
      return new Column[] {all};
    }
    values.appendRange(all, finished, total - finished);
    return new Column[] {all.slice(0, finished)};
  }
}
