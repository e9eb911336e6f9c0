package io.longhouse.storage.mergetree;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.GroupStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Nested of a SummingMergeTree with several key columns: of the rows of a group the values of
 * equal keys are summed, in the order of the keys. What sums up to zero goes; a group of one row
 * stays as it is.
 */
final class CompositeMaps implements GroupedColumns {
  private final int[] places;
  private final int keys;
  private final DataType[] elementTypes;
  private final ColumnBuilder[] rows;
  private int[] groupOfRow = new int[16];
  private int rowCount;

  CompositeMaps(List<Integer> keyPlaces, List<Integer> valuePlaces, List<DataType> types) {
    this.keys = keyPlaces.size();
    List<Integer> all = new ArrayList<>(keyPlaces);
    all.addAll(valuePlaces);
    this.places = all.stream().mapToInt(i -> i).toArray();
    this.elementTypes = new DataType[places.length];
    this.rows = new ColumnBuilder[places.length];
    for (int i = 0; i < places.length; i++) {
      elementTypes[i] = ((ArrayType) types.get(places[i])).element();
      rows[i] = types.get(places[i]).newBuilder(0);
    }
  }

  @Override
  public int[] places() {
    return places;
  }

  @Override
  public void add(
      Column[] columns, int count, int[] groups, int[] firsts, int newGroups, int total) {
    if (rowCount + count > groupOfRow.length) {
      groupOfRow = Arrays.copyOf(groupOfRow, Math.max(rowCount + count, 2 * groupOfRow.length));
    }
    System.arraycopy(groups, 0, groupOfRow, rowCount, count);
    for (int i = 0; i < places.length; i++) {
      rows[i].appendRange(columns[places[i]], 0, count);
    }
    rowCount += count;
  }

  @Override
  public Column[] take(int finished, int total) {
    ArrayColumn[] all = new ArrayColumn[places.length];
    Column[] elements = new Column[places.length];
    ColumnBuilder[] out = new ColumnBuilder[places.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (ArrayColumn) rows[i].build();
      elements[i] = all[i].elements().full().plain();
      out[i] = elementTypes[i].newBuilder(0);
    }
    int[] offsets = new int[finished + 1];
    int row = 0;
    for (int g = 0; g < finished; g++) {
      int first = row;
      while (row < rowCount && groupOfRow[row] == g) {
        row++;
      }
      int[] bounds = all[0].offsets();
      if (row - first == 1) {
        for (int i = 0; i < out.length; i++) {
          out[i].appendRange(elements[i], bounds[first], bounds[row] - bounds[first]);
        }
      } else {
        sum(elements, bounds[first], bounds[row], out);
      }
      offsets[g + 1] = out[0].size();
    }
    for (int i = 0; i < all.length; i++) {
      rows[i].appendRange(all[i], row, rowCount - row);
    }
    rowCount -= row;
    Arrays.fill(groupOfRow, 0, rowCount, 0);
    Column[] result = new Column[places.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = new ArrayColumn(offsets, out[i].build(), finished);
    }
    return result;
  }

  /** Sums the values of elements {@code [from, to)} by key. */
  private void sum(Column[] elements, int from, int to, ColumnBuilder[] out) {
    Integer[] order = new Integer[to - from];
    Arrays.setAll(order, i -> from + i);
    Arrays.sort(order, (a, b) -> compareKeys(elements, a, b));
    int[] sorted = new int[order.length];
    int[] groups = new int[order.length];
    List<Integer> firsts = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      sorted[i] = order[i];
      if (i == 0 || compareKeys(elements, sorted[i - 1], sorted[i]) != 0) {
        firsts.add(i);
      }
      groups[i] = firsts.size() - 1;
    }
    Column[] sums = new Column[places.length];
    for (int v = keys; v < places.length; v++) {
      Column values = elements[v].gather(sorted, sorted.length);
      sums[v] = sums(elementTypes[v], values, groups, firsts.size());
    }
    for (int g = 0; g < firsts.size(); g++) {
      int first = firsts.get(g);
      int next = g + 1 < firsts.size() ? firsts.get(g + 1) : sorted.length;
      if (next - first > 1 && areZero(sums, g)) {
        continue;
      }
      for (int i = 0; i < places.length; i++) {
        if (i < keys) {
          out[i].append(elements[i], sorted[first]);
        } else {
          out[i].append(sums[i], g);
        }
      }
    }
  }

  private boolean areZero(Column[] sums, int group) {
    for (int v = keys; v < sums.length; v++) {
      if (!GroupingCombiner.isZero(sums[v], group)) {
        return false;
      }
    }
    return true;
  }

  private static Column sums(DataType type, Column values, int[] groups, int count) {
    AggregateFunction sum = Aggregates.resolve("sumWithOverflow", List.of(), List.of(type));
    GroupStates states = GroupStates.of(sum, count);
    sum.add(states, 0, 0, groups, new Column[] {values}, groups.length);
    ColumnBuilder out = sum.resultType().newBuilder(count);
    sum.result(states, 0, 0, 0, count, out);
    return out.build();
  }

  private int compareKeys(Column[] elements, int a, int b) {
    for (int k = 0; k < keys; k++) {
      int c = elementTypes[k].compare(elements[k], a, elements[k], b, 1);
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }
}
