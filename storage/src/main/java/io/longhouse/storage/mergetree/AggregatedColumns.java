package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import java.util.List;

/** Columns that an aggregate function makes one value of; several if its result is a tuple. */
final class AggregatedColumns implements GroupedColumns {
  private final int[] places;
  private final List<DataType> types;
  private final AggregateFunction function;
  private GroupStates states;

  AggregatedColumns(List<Integer> places, List<DataType> types, AggregateFunction function) {
    this.places = places.stream().mapToInt(i -> i).toArray();
    this.types = List.copyOf(types);
    this.function = function;
    this.states = GroupStates.of(function, 0);
  }

  @Override
  public int[] places() {
    return places;
  }

  @Override
  public void add(
      Column[] columns, int rows, int[] groups, int[] firsts, int newGroups, int total) {
    states.ensure(total);
    Column[] arguments = new Column[places.length];
    for (int i = 0; i < arguments.length; i++) {
      Column c = columns[places[i]];
      arguments[i] = function.takesDictionaries() ? c : c.plain();
    }
    function.add(states, 0, 0, groups, arguments, rows);
  }

  @Override
  public Column[] take(int finished, int total) {
    ColumnBuilder out = function.resultType().newBuilder(finished);
    function.result(states, 0, 0, 0, finished, out);
    GroupStates rest = GroupStates.of(function, total - finished);
    if (finished < total) {
      function.merge(rest, 0, 0, new int[] {0}, states, 0, 0, new int[] {finished}, 1);
    }
    states = rest;
    Column result = out.build();
    Column[] columns = new Column[places.length];
    for (int i = 0; i < columns.length; i++) {
      Column c = places.length == 1 ? result : ((TupleColumn) result).elements().get(i);
      columns[i] = inType(c, types.get(i));
    }
    return columns;
  }

  /** Dictionaries were expanded on the way in. */
  private static Column inType(Column c, DataType type) {
    ColumnBuilder b = type.newBuilder(0);
    if (b.getClass() == c.newBuilder(0).getClass()) {
      return WireForm.inLayout(type, c);
    }
    b = type.newBuilder(c.size());
    b.appendRange(c, 0, c.size());
    return b.build();
  }
}
