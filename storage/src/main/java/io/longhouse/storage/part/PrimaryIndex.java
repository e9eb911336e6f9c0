package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The key of the first row of each granule and, in adaptive parts, of the last row of the part, in
 * memory. Dictionaries are expanded.
 */
public final class PrimaryIndex {
  private final List<DataType> types;
  private final List<Column> columns;
  private final int rows;

  private PrimaryIndex(List<DataType> types, List<Column> columns, int rows) {
    this.types = types;
    this.columns = columns;
    this.rows = rows;
  }

  static PrimaryIndex read(ByteReader in, List<DataType> types, int capacity) {
    List<ColumnBuilder> builders = new ArrayList<>();
    for (DataType t : types) {
      builders.add(KeyValues.newBuilder(t, capacity));
    }
    int rows = 0;
    while (!types.isEmpty() && !in.atEnd()) {
      for (int i = 0; i < types.size(); i++) {
        KeyValues.read(types.get(i), in, builders.get(i));
      }
      rows++;
    }
    return new PrimaryIndex(
        List.copyOf(types), builders.stream().map(ColumnBuilder::build).toList(), rows);
  }

  public List<DataType> types() {
    return types;
  }

  public Column column(int i) {
    return columns.get(i);
  }

  /** Rows: one for each granule, and one more when {@link #hasLast}. */
  public int rows() {
    return rows;
  }

  public boolean hasLast(int granules) {
    return rows > granules;
  }

  public long retainedBytes() {
    return columns.stream().mapToLong(Column::retainedBytes).sum();
  }
}
