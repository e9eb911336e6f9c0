package io.longhouse.engine.table.lookup;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.group.GroupTable;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that are found by some of their columns. Never changed once made; many threads may look up.
 *
 * @param rowOfKey for each group of the key table a row with that key
 */
record KeyedRows(Block rows, GroupTable keys, int[] rowOfKey) {
  /** Which rows of equal keys are kept. */
  enum Keep {
    ALL,
    FIRST,
    LAST
  }

  static KeyedRows of(Header header, int[] keyPlaces, List<Block> blocks, Keep keep) {
    List<ColumnBuilder> builders = header.newBuilders(64);
    int rows = 0;
    for (Block b : blocks) {
      for (int i = 0; i < header.size(); i++) {
        builders.get(i).appendRange(b.column(i).full(), 0, b.rows());
      }
      rows += b.rows();
    }
    var all = new Block(builders.stream().map(ColumnBuilder::build).toList(), rows);
    List<DataType> types = Arrays.stream(keyPlaces).mapToObj(header::type).toList();
    GroupTable table = GroupTable.of(types);
    Column[] keys = new Column[keyPlaces.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = all.column(keyPlaces[i]);
    }
    int[] groups = new int[rows];
    table.groups(keys, rows, groups);
    int[] rowOfKey = new int[table.size()];
    for (int row = rows - 1; row >= 0; row--) {
      rowOfKey[groups[row]] = row;
    }
    if (keep == Keep.LAST) {
      for (int row = 0; row < rows; row++) {
        rowOfKey[groups[row]] = row;
      }
    }
    return keep == Keep.ALL
        ? new KeyedRows(all, table, rowOfKey)
        : new KeyedRows(gathered(all, rowOfKey), table, sequence(rowOfKey.length));
  }

  private static Block gathered(Block all, int[] rows) {
    Column[] columns = all.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].gather(rows, rows.length);
    }
    return new Block(columns, rows.length);
  }

  private static int[] sequence(int length) {
    int[] numbers = new int[length];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  /** For each row of the keys the row that has them, or -1; NULL has none. */
  int[] find(Column[] wanted, int rows) {
    int[] found = new int[rows];
    keys.find(wanted, rows, found);
    for (int i = 0; i < rows; i++) {
      found[i] = found[i] < 0 ? -1 : rowOfKey[found[i]];
    }
    for (Column c : wanted) {
      if (c instanceof NullableColumn n) {
        byte[] nulls = n.nulls();
        for (int i = 0; i < rows; i++) {
          found[i] = nulls[i] != 0 ? -1 : found[i];
        }
      }
    }
    return found;
  }
}
