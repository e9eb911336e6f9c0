package io.longhouse.engine.dictionary;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.group.GroupTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a dictionary at one moment, with a way to find them. Immutable but for the children,
 * which are collected when they are first asked for.
 *
 * <p>Behind the rows of an attribute's column stands one more value: the default, for keys that are
 * not there.
 */
final class DictionaryData {
  private final DictionarySpec spec;
  private final int rows;
  private final List<Column> columns;
  private final Column[] lookupColumns;
  private final GroupTable table;
  private final int[][] rowsOfKey;
  private volatile Map<Long, long[]> children = Map.of();
  private volatile boolean childrenKnown;

  /**
   * @param block the columns of the spec, in their types
   * @param lookupKeys the key's columns in the types of a lookup
   */
  DictionaryData(DictionarySpec spec, Block block, Column[] lookupKeys) {
    this.spec = spec;
    this.rows = block.rows();
    this.columns = new ArrayList<>();
    this.lookupColumns = new Column[spec.columns().size()];
    for (int i = 0; i < spec.columns().size(); i++) {
      Column c = block.column(i).full();
      columns.add(c);
      DictionarySpec.Column declared = spec.columns().get(i);
      ColumnBuilder b = declared.type().newBuilder(rows + 1);
      b.appendRange(c, 0, rows);
      b.append(declared.defaultValue(), 0);
      lookupColumns[i] = b.build();
    }
    this.table = GroupTable.of(spec.keyTypes());
    int[] groups = new int[rows];
    table.groups(lookupKeys, rows, groups);
    this.rowsOfKey = rowsOfKeys(groups);
  }

  /** The rows of each key: one, or with ranges all of them, those that begin first in front. */
  private int[][] rowsOfKeys(int[] groups) {
    int[][] of = new int[table.size()][];
    for (int row = 0; row < rows; row++) {
      int g = groups[row];
      if (of[g] == null) {
        of[g] = new int[] {row};
      } else if (spec.rangeMin() >= 0) {
        of[g] = Arrays.copyOf(of[g], of[g].length + 1);
        of[g][of[g].length - 1] = row;
      } else {
        of[g][0] = row;
      }
    }
    if (spec.rangeMin() >= 0) {
      Column min = columns.get(spec.rangeMin());
      DataType type = spec.columns().get(spec.rangeMin()).type();
      for (int g = 0; g < of.length; g++) {
        Integer[] order = Arrays.stream(of[g]).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> type.compare(min, a, min, b, 1));
        of[g] = Arrays.stream(order).mapToInt(i -> i).toArray();
      }
    }
    return of;
  }

  int rows() {
    return rows;
  }

  /** How many keys there are. */
  int size() {
    return spec.rangeMin() >= 0 ? rows : rowsOfKey.length;
  }

  /** The rows as a table, one for each key. */
  Block block() {
    Block all = new Block(columns, rows);
    if (spec.rangeMin() >= 0 || rowsOfKey.length == rows) {
      return all;
    }
    int[] kept = new int[rowsOfKey.length];
    for (int g = 0; g < kept.length; g++) {
      kept[g] = rowsOfKey[g][0];
    }
    Arrays.sort(kept);
    return all.select(kept, kept.length);
  }

  long retainedBytes() {
    long sum = table.retainedBytes() + 20L * rowsOfKey.length;
    for (Column c : lookupColumns) {
      sum += c.retainedBytes();
    }
    return sum;
  }

  /** The row of each key, or {@link #rows} where there is none. */
  int[] find(Column[] keys, int count) {
    int[] out = new int[count];
    table.find(keys, count, out);
    for (int i = 0; i < count; i++) {
      out[i] = out[i] < 0 ? rows : rowsOfKey[out[i]][0];
    }
    return out;
  }

  /** The same where each key has a value that must be in the row's range. */
  int[] find(Column[] keys, Column values, int count) {
    int[] out = new int[count];
    table.find(keys, count, out);
    Column min = columns.get(spec.rangeMin());
    Column max = columns.get(spec.rangeMax());
    DataType type = spec.columns().get(spec.rangeMin()).type();
    for (int i = 0; i < count; i++) {
      int found = rows;
      for (int row : out[i] < 0 ? new int[0] : rowsOfKey[out[i]]) {
        boolean begun = min.isNullAt(row) || type.compare(min, row, values, i, 1) <= 0;
        boolean over = !max.isNullAt(row) && type.compare(max, row, values, i, 1) < 0;
        if (begun && !over) {
          found = row;
          break;
        }
      }
      out[i] = found;
    }
    return out;
  }

  /** The values of an attribute for rows that were found. */
  Column values(int place, int[] found) {
    return lookupColumns[place].gather(found, found.length);
  }

  /** The values of an attribute of all rows, and the default behind them. */
  Column attribute(int place) {
    return lookupColumns[place];
  }

  /** The keys whose parent is a key, by that. */
  Map<Long, long[]> children() {
    if (!childrenKnown) {
      Column parents = lookupColumns[spec.parent()];
      Column keys = columns.get(spec.keys().getFirst());
      Map<Long, long[]> found = new HashMap<>();
      for (int i = 0; i < rows; i++) {
        long key = Hierarchy.number(keys, i);
        found.merge(
            Hierarchy.number(parents, i),
            new long[] {key},
            (a, b) -> {
              long[] both = Arrays.copyOf(a, a.length + 1);
              both[a.length] = b[0];
              return both;
            });
      }
      children = found;
      childrenKnown = true;
    }
    return children;
  }
}
