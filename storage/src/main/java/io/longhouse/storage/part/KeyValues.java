package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;

/** Single values in binary row form, as primary index, partition and minmax files hold them. */
public final class KeyValues {
  private KeyValues() {}

  /** Writes one value of a column in any encoding. */
  public static void write(DataType type, Column column, int row, ByteWriter out) {
    switch (column) {
      case ConstColumn c -> write(type, c.value(), 0, out);
      case LowCardinalityColumn c -> write(type, c.dictionary(), c.indexes()[row], out);
      default -> LowCardinalityType.strip(type).writeBinary(column, row, out);
    }
  }

  /** A builder of values as they are kept in memory: dictionaries are expanded. */
  public static ColumnBuilder newBuilder(DataType type, int capacity) {
    return LowCardinalityType.strip(type).newBuilder(capacity);
  }

  public static void read(DataType type, ByteReader in, ColumnBuilder out) {
    LowCardinalityType.strip(type).readBinary(in, out);
  }
}
