package io.longhouse.engine.system;

import io.longhouse.column.Header;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.registry.Register;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.parts_columns}: the columns of active parts. Statistics, TTLs and the sizes of
 * subcolumns are not kept; their columns have defaults.
 */
@Register(kind = SystemTable.class, name = "parts_columns", doc = "The columns of parts.")
final class PartsColumnsTable extends SystemTable<PartsColumnsTable.Row> {
  /** A column of a part at its place in the part, from 1. */
  record Row(PartsTable.Row in, Header.Field column, int position) {
    PartFiles files() {
      return PartFiles.of(List.of(in.part()), column.name());
    }

    @Nullable ColumnDefinition definition() {
      return in.table().column(column.name());
    }
  }

  PartsColumnsTable() {
    super("parts_columns", column(part(new SystemColumns<>())));
  }

  private static SystemColumns<Row> part(SystemColumns<Row> columns) {
    return columns
        .text("partition", r -> r.in.partition())
        .text("name", r -> r.in.part().name().toString())
        .empty("uuid", "UUID")
        .text("part_type", r -> r.in.part().isWide() ? "Wide" : "Compact")
        .flag("active", _ -> true)
        .number("marks", r -> PartFiles.marks(r.in.part()))
        .number("rows", r -> r.in.part().rows())
        .number("bytes_on_disk", r -> r.in.bytesOnDisk())
        .number("data_compressed_bytes", r -> r.in.files().dataCompressed())
        .number("data_uncompressed_bytes", r -> r.in.files().dataUncompressed())
        .number("marks_bytes", r -> r.in.files().marksBytes())
        .add("modification_time", "DateTime", r -> r.in.modified())
        .add("remove_time", "DateTime", _ -> 0xFFFF_FFFFL)
        .add("refcount", "UInt32", r -> r.in.part().isInUse() ? 2 : 1)
        .add("min_date", "Date", r -> r.in.bound(DateType.class, false))
        .add("max_date", "Date", r -> r.in.bound(DateType.class, true))
        .add("min_time", "DateTime", r -> r.in.bound(DateTimeType.class, false))
        .add("max_time", "DateTime", r -> r.in.bound(DateTimeType.class, true))
        .text("partition_id", r -> r.in.part().name().partitionId())
        .add("min_block_number", "Int64", r -> r.in.part().name().minBlock())
        .add("max_block_number", "Int64", r -> r.in.part().name().maxBlock())
        .add("level", "UInt32", r -> r.in.part().name().level())
        .number("data_version", r -> r.in.part().name().dataVersion())
        .number("primary_key_bytes_in_memory", r -> r.in.part().retainedBytes())
        .number("primary_key_bytes_in_memory_allocated", r -> r.in.part().retainedBytes())
        .text("database", r -> r.in.table().id().database())
        .text("table", r -> r.in.table().id().name())
        .text("engine", r -> r.in.table().engine())
        .text("disk_name", r -> r.in.part().disk().name())
        .text("path", r -> r.in.path());
  }

  private static SystemColumns<Row> column(SystemColumns<Row> columns) {
    return columns
        .text("column", r -> r.column.name())
        .text("type", r -> r.column.type().name())
        .number("column_position", Row::position)
        .text(
            "default_kind",
            r -> r.definition() instanceof ColumnDefinition c ? ColumnsTable.kind(c) : null)
        .text(
            "default_expression",
            r -> r.definition() instanceof ColumnDefinition c ? ColumnsTable.expression(c) : null)
        .number("column_bytes_on_disk", r -> r.files().dataCompressed() + r.files().marksBytes())
        .number("column_data_compressed_bytes", r -> r.files().dataCompressed())
        .number("column_data_uncompressed_bytes", r -> r.files().dataUncompressed())
        .number("column_marks_bytes", r -> r.files().marksBytes())
        .add("column_modification_time", "Nullable(DateTime)", r -> r.in.modified())
        .empty("column_ttl_min", "Nullable(DateTime)")
        .empty("column_ttl_max", "Nullable(DateTime)")
        .empty("statistics", "Array(String)")
        .empty("estimates.min", "Nullable(String)")
        .empty("estimates.max", "Nullable(String)")
        .empty("estimates.cardinality", "Nullable(UInt64)")
        .empty("estimates.null_count", "Nullable(UInt64)")
        .text("serialization_kind", PartsColumnsTable::serialization)
        .empty("substreams", "Array(String)")
        .empty("filenames", "Array(String)")
        .empty("subcolumns.names", "Array(String)")
        .empty("subcolumns.types", "Array(String)")
        .empty("subcolumns.serializations", "Array(String)")
        .empty("subcolumns.bytes_on_disk", "Array(UInt64)")
        .empty("subcolumns.data_compressed_bytes", "Array(UInt64)")
        .empty("subcolumns.data_uncompressed_bytes", "Array(UInt64)")
        .empty("subcolumns.marks_bytes", "Array(UInt64)")
        .alias("bytes", "bytes_on_disk")
        .alias("marks_size", "marks_bytes")
        .alias("part_name", "name");
  }

  private static String serialization(Row r) {
    return r.in.part().serializationInfos().kind(r.column.name()).sparse() ? "Sparse" : "Default";
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    Stream<Row> rows =
        PartsTable.all(context, names).stream()
            .flatMap(p -> {
              List<Header.Field> columns = p.part().columns();
              return IntStream.range(0, columns.size())
                  .mapToObj(i -> new Row(p, columns.get(i), i + 1));
            });
    return rows::iterator;
  }
}
