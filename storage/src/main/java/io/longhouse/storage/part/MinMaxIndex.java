package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.serial.FileNames;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The least and the greatest value in a part of each column that the partition key reads. NULL is
 * the greatest of all. Each range is a column of two rows with dictionaries expanded.
 */
public record MinMaxIndex(List<Header.Field> columns, List<Column> ranges) {
  public MinMaxIndex {
    columns = List.copyOf(columns);
    ranges = List.copyOf(ranges);
  }

  /** The ranges of new rows, of which there must be some. */
  public static MinMaxIndex of(List<Header.Field> columns, List<Column> values) {
    List<Column> ranges = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      DataType type = LowCardinalityType.strip(columns.get(i).type());
      Column c = values.get(i).full().plain();
      int min = 0;
      int max = 0;
      for (int row = 1; row < c.size(); row++) {
        if (type.compare(c, row, c, min, 1) < 0) {
          min = row;
        }
        if (type.compare(c, row, c, max, 1) > 0) {
          max = row;
        }
      }
      ranges.add(c.gather(new int[] {min, max}, 2));
    }
    return new MinMaxIndex(columns, ranges);
  }

  /** The ranges that hold both. */
  public MinMaxIndex merge(MinMaxIndex other) {
    List<Column> merged = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      DataType type = LowCardinalityType.strip(columns.get(i).type());
      Column a = ranges.get(i);
      Column b = other.ranges.get(i);
      ColumnBuilder out = type.newBuilder(2);
      out.append(type.compare(a, 0, b, 0, 1) <= 0 ? a : b, 0);
      out.append(type.compare(a, 1, b, 1, 1) >= 0 ? a : b, 1);
      merged.add(out.build());
    }
    return new MinMaxIndex(columns, merged);
  }

  static String fileName(String column) {
    return "minmax_" + FileNames.escape(column) + ".idx";
  }

  /** Adds the files of the index to those of a part. */
  public void write(Map<String, byte[]> files) {
    for (int i = 0; i < columns.size(); i++) {
      var out = new ByteWriter(16);
      KeyValues.write(columns.get(i).type(), ranges.get(i), 0, out);
      KeyValues.write(columns.get(i).type(), ranges.get(i), 1, out);
      files.put(fileName(columns.get(i).name()), out.toByteArray());
    }
  }

  static Column readRange(DataType type, byte[] bytes) {
    var in = new ByteReader(bytes);
    ColumnBuilder out = KeyValues.newBuilder(type, 2);
    KeyValues.read(type, in, out);
    KeyValues.read(type, in, out);
    return out.build();
  }
}
