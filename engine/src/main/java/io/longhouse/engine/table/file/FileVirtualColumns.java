package io.longhouse.engine.table.file;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.system.CellValues;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.sql.parser.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of the file that a row came from. What only object stores and data lakes know
 * is empty.
 */
final class FileVirtualColumns {
  private static final Map<String, ColumnDefinition> ALL = new LinkedHashMap<>();

  static {
    add("_path", "LowCardinality(String)");
    add("_file", "LowCardinality(String)");
    add("_size", "Nullable(UInt64)");
    add("_time", "Nullable(DateTime)");
    add("_etag", "LowCardinality(String)");
    add("_tags", "Map(String, String)");
    add("_data_lake_snapshot_version", "Nullable(UInt64)");
    add("_iceberg_metadata_file_path", "LowCardinality(String)");
    add("_table", "LowCardinality(String)");
  }

  private FileVirtualColumns() {}

  private static void add(String name, String type) {
    ALL.put(name, ColumnDefinition.of(name, DataTypes.of(Parser.parseType(type))));
  }

  static List<ColumnDefinition> all() {
    return List.copyOf(ALL.values());
  }

  /** The column for rows of a file. */
  static Column of(String name, Path file, String table, int rows) throws IOException {
    ColumnDefinition c = java.util.Objects.requireNonNull(ALL.get(name));
    @Nullable Object value =
        switch (name) {
          case "_path" -> file.toString();
          case "_file" -> file.getFileName().toString();
          case "_size" -> Files.size(file);
          case "_time" -> Files.getLastModifiedTime(file).toInstant().getEpochSecond();
          case "_table" -> table;
          default -> null;
        };
    ColumnBuilder one = c.type().newBuilder(1);
    CellValues.append(value, c.type(), one);
    return new ConstColumn(one.build(), rows);
  }
}
