package io.longhouse.engine.system;

import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import io.longhouse.storage.part.Checksums;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.MinMaxIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.parts}: the active parts. Parts that merges have replaced are on disk for a while
 * but are not listed. TTLs, projections and transactions do not exist here; their columns have
 * defaults.
 */
@Register(kind = SystemTable.class, name = "parts", doc = "The parts of MergeTree tables.")
final class PartsTable extends SystemTable<PartsTable.Row> {
  private static final String TRANSACTION = "Tuple(UInt64, UInt64, UUID)";

  /** A part of a table. */
  record Row(MergeTreeTable table, DataPart part) {
    PartFiles files() {
      return PartFiles.of(List.of(part));
    }

    long bytesOnDisk() {
      return part.bytesOnDisk();
    }

    Instant modified() {
      return Instant.ofEpochMilli(part.disk().modifiedMs(part.folder()));
    }

    String path() {
      return part.disk().absolute(part.folder()) + "/";
    }

    String partition() {
      List<DataType> types = table.data().metadata().partitionTypes();
      List<String> values = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        values.add(PartitionText.of(types.get(i), part.partition().get(i), types.size() > 1));
      }
      return switch (values.size()) {
        case 0 -> "tuple()";
        case 1 -> values.getFirst();
        default -> "(" + String.join(",", values) + ")";
      };
    }

    /** An end of the range of the partition key's first column of that type. */
    @Nullable Object bound(Class<? extends DataType> type, boolean max) {
      MinMaxIndex index = part.minMax();
      if (index == null) {
        return null;
      }
      for (int i = 0; i < index.columns().size(); i++) {
        DataType t = index.columns().get(i).type();
        if (type.isInstance(t)) {
          Column range = index.ranges().get(i);
          return range instanceof Int32Column seconds && t instanceof DateTimeType
              ? Instant.ofEpochSecond(Integer.toUnsignedLong(seconds.values()[max ? 1 : 0]))
              : t.textOf(range, max ? 1 : 0);
        }
      }
      return null;
    }
  }

  PartsTable() {
    super("parts", rest(place(sizes(new SystemColumns<>()))));
  }

  private static SystemColumns<Row> sizes(SystemColumns<Row> columns) {
    return columns
        .text("partition", Row::partition)
        .text("name", r -> r.part.name().toString())
        .empty("uuid", "UUID")
        .text("part_type", r -> r.part.isWide() ? "Wide" : "Compact")
        .flag("active", _ -> true)
        .number("marks", r -> PartFiles.marks(r.part))
        .number("rows", r -> r.part.rows())
        .number("files", r -> r.files().files())
        .number("bytes_on_disk", Row::bytesOnDisk)
        .number("data_compressed_bytes", r -> r.files().dataCompressed())
        .number("data_uncompressed_bytes", r -> r.files().dataUncompressed())
        .number("primary_key_size", r -> r.files().primaryKeySize())
        .number("marks_bytes", r -> r.files().marksBytes())
        .number("secondary_indices_compressed_bytes", r -> r.files().indexCompressed())
        .number("secondary_indices_uncompressed_bytes", r -> r.files().indexUncompressed())
        .number("secondary_indices_marks_bytes", r -> r.files().indexMarks())
        .add("modification_time", "DateTime", Row::modified)
        .empty("remove_time", "DateTime")
        .add("refcount", "UInt32", r -> r.part.isInUse() ? 2 : 1)
        .add("min_date", "Date", r -> r.bound(DateType.class, false))
        .add("max_date", "Date", r -> r.bound(DateType.class, true))
        .add("min_time", "DateTime", r -> r.bound(DateTimeType.class, false))
        .add("max_time", "DateTime", r -> r.bound(DateTimeType.class, true));
  }

  private static SystemColumns<Row> place(SystemColumns<Row> columns) {
    return columns
        .text("partition_id", r -> r.part.name().partitionId())
        .add("min_block_number", "Int64", r -> r.part.name().minBlock())
        .add("max_block_number", "Int64", r -> r.part.name().maxBlock())
        .add("level", "UInt32", r -> r.part.name().level())
        .number("data_version", r -> r.part.name().dataVersion())
        .number("primary_key_bytes_in_memory", r -> r.part.retainedBytes())
        .number("primary_key_bytes_in_memory_allocated", r -> r.part.retainedBytes())
        .empty("index_granularity_bytes_in_memory", "UInt64")
        .empty("index_granularity_bytes_in_memory_allocated", "UInt64")
        .flag("is_frozen", r -> r.part.isFrozen())
        .text("database", r -> r.table.id().database())
        .text("table", r -> r.table.id().name())
        .text("engine", r -> r.table.engine())
        .text("disk_name", r -> r.part.disk().name())
        .text("path", Row::path)
        .text("hash_of_all_files", r -> hex(r.part.checksums().totalHash()))
        .empty("hash_of_uncompressed_files", "String")
        .empty("uncompressed_hash_of_compressed_files", "String");
  }

  private static SystemColumns<Row> rest(SystemColumns<Row> columns) {
    columns.empty("delete_ttl_info_min", "DateTime").empty("delete_ttl_info_max", "DateTime");
    ttl(columns, "move_ttl_info").text("default_compression_codec", _ -> "LZ4");
    ttl(columns, "recompression_ttl_info");
    ttl(columns, "group_by_ttl_info");
    ttl(columns, "rows_where_ttl_info");
    return columns
        .empty("projections", "Array(String)")
        .flag("visible", _ -> true)
        .empty("creation_tid", TRANSACTION)
        .empty("removal_tid_lock", "UInt64")
        .empty("removal_tid", TRANSACTION)
        .empty("creation_csn", "UInt64")
        .empty("removal_csn", "UInt64")
        .flag("has_lightweight_delete", r -> r.part.columnType("_row_exists") != null)
        .empty("last_removal_attempt_time", "DateTime")
        .empty("removal_state", "String")
        .alias("bytes", "bytes_on_disk")
        .alias("marks_size", "marks_bytes")
        .alias("part_name", "name");
  }

  private static SystemColumns<Row> ttl(SystemColumns<Row> columns, String name) {
    return columns
        .empty(name + ".expression", "Array(String)")
        .empty(name + ".min", "Array(DateTime)")
        .empty(name + ".max", "Array(DateTime)");
  }

  private static String hex(Checksums.Hash hash) {
    return String.format("%016x%016x", hash.high(), hash.low());
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return all(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    return all(context, names);
  }

  /** The active parts of the tables of some names. */
  static List<Row> all(QueryContext context, WantedNames names) {
    List<Row> rows = new ArrayList<>();
    for (TableRows t : TableRows.whole(context, names)) {
      if (t.table() instanceof MergeTreeTable m) {
        m.data().snapshot().parts().forEach(p -> rows.add(new Row(m, p)));
      }
    }
    return rows;
  }
}
