package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.SimpleAggregateFunctionType;

/** A column in one stream, as the Native format and the native protocol have it. */
public final class WireForm {
  private WireForm() {}

  /** Reads a column of {@code rows} rows; nothing at all stands there for none. */
  public static Column read(DataType type, int rows, SerializationKind kind, ByteReader in) {
    if (rows == 0) {
      return type.newBuilder(0).build();
    }
    var s = BulkSerialization.of("", type, kind, BulkSerialization.Form.NATIVE);
    s.readPrefix(_ -> in);
    return s.read(rows, _ -> in);
  }

  /** Reads a column of {@code rows} rows that is not sparse. */
  public static Column read(DataType type, int rows, ByteReader in) {
    return read(type, rows, SerializationKind.DEFAULT, in);
  }

  /** Writes a whole column that need not be full. */
  public static void write(DataType type, Column column, ByteWriter out) {
    if (column.size() == 0) {
      return;
    }
    var s =
        BulkSerialization.of("", type, SerializationKind.DEFAULT, BulkSerialization.Form.NATIVE);
    s.writePrefix(_ -> out);
    s.write(inLayout(type, column), 0, column.size(), _ -> out);
    s.writeSuffix(_ -> out);
  }

  /** The column with constants, sparse values and foreign dictionaries expanded. */
  public static Column inLayout(DataType type, Column column) {
    Column full = column.full();
    DataType values = SimpleAggregateFunctionType.strip(type);
    return values instanceof LowCardinalityType ? full : full.plain();
  }
}
