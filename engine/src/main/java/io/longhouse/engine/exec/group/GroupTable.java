package io.longhouse.engine.exec.group;

import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import java.util.List;

/** From key columns to group numbers. For one thread. */
public interface GroupTable {
  /**
   * Writes the group of each row, making new groups for new keys. Keys are full or dictionary
   * columns in the layouts the table was made for.
   */
  void groups(Column[] keys, int rows, int[] out);

  /**
   * Writes the group of each row, or -1 where the key is not in the table. Several threads may do
   * so at once while no groups are added.
   */
  void find(Column[] keys, int rows, int[] out);

  /** Number of groups. */
  int size();

  /** The hash of a group's key; the top bits say which partition it belongs to. */
  long hashOf(int group);

  /** The keys of {@code count} groups. */
  Column[] keys(int[] groups, int count);

  long retainedBytes();

  /** The table for keys of these types. */
  static GroupTable of(List<DataType> declared) {
    List<DataType> types = declared.stream().map(SimpleAggregateFunctionType::strip).toList();
    if (types.size() == 1) {
      DataType type = LowCardinalityType.strip(types.getFirst());
      Column sample = type.newBuilder(0).build();
      GroupTable table =
          switch (sample) {
            case Int32Column _ -> new IntTable();
            case Int8Column _, Int16Column _, Int64Column _ -> new LongTable(sample);
            case Float32Column _, Float64Column _ -> new LongTable(sample);
            case StringColumn _ -> new StringTable();
            default -> new RowTable(List.of(type));
          };
      return types.getFirst() instanceof LowCardinalityType
          ? new DictionaryTable(types.getFirst(), table)
          : table;
    }
    if (PackedTable.fits(types)) {
      return new PackedTable(types);
    }
    return new RowTable(types);
  }

  /** Expands dictionaries, for tables that look at the values. */
  static Column plain(Column c) {
    return c instanceof LowCardinalityColumn l ? l.plain() : c.full();
  }
}
