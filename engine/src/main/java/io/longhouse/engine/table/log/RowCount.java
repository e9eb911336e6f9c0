package io.longhouse.engine.table.log;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.compress.CompressedFile;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.table.ColumnDefinition;

/** How many rows a TinyLog table has, which is written nowhere: the length of a column tells. */
final class RowCount {
  private final LogTable table;

  RowCount(LogTable table) {
    this.table = table;
  }

  long count() {
    if (table.files.totalBytes() == 0) {
      return 0;
    }
    for (ColumnDefinition c : table.stored) {
      int width = width(c);
      if (width > 0) {
        return bytes(LogTable.serialization(c).substreams().getFirst().name()) / width;
      }
    }
    return byReading(table.stored.getFirst());
  }

  /** Bytes that each row has in a column's first substream; 0 where rows differ. */
  private static int width(ColumnDefinition c) {
    DataType t = c.type();
    return switch (t) {
      case NullableType _ -> 1;
      case ArrayType _, MapType _ -> 8;
      case StringType _, LowCardinalityType _ -> 0;
      default -> measured(c);
    };
  }

  /** The bytes of one row of a type that has one substream of fixed width. */
  private static int measured(ColumnDefinition c) {
    BulkSerialization s = LogTable.serialization(c);
    if (s.substreams().size() != 1 || !isFixed(c.type().newBuilder(1))) {
      return 0;
    }
    Column one = c.type().defaultValue();
    var out = new ByteWriter(64);
    s.write(one, 0, 1, _ -> out);
    return out.position();
  }

  private static boolean isFixed(ColumnBuilder builder) {
    return builder instanceof io.longhouse.column.Int8Column.Builder
        || builder instanceof io.longhouse.column.Int16Column.Builder
        || builder instanceof io.longhouse.column.Int32Column.Builder
        || builder instanceof io.longhouse.column.Int64Column.Builder
        || builder instanceof io.longhouse.column.Float32Column.Builder
        || builder instanceof io.longhouse.column.Float64Column.Builder
        || builder instanceof io.longhouse.column.WideColumn.Builder
        || builder instanceof io.longhouse.column.FixedBytesColumn.Builder;
  }

  private long bytes(String substream) {
    try (LogFiles.Opened file = table.files.open(substream + ".bin")) {
      var in = new ByteReader(new CompressedFile(file, 1 << 16));
      while (!in.atEnd()) {
        in.skip(in.limit() - in.position());
      }
      return in.count();
    }
  }

  private long byReading(ColumnDefinition c) {
    long rows = 0;
    var start = new StoredBlock(0, new long[table.substreams().size()]);
    try (var column = new StoredColumn(table, c, start)) {
      while (!column.isAtEnd()) {
        column.read(1);
        rows++;
      }
    }
    return rows;
  }
}
