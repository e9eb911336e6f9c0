package io.longhouse.engine.system;

import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.MergeProgress;
import io.longhouse.storage.mergetree.MergeTreeListener;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.part_log}: what became of parts. Bytes read by a merge, its memory, its counters
 * and deduplication are not noted; their columns have defaults. The log's own parts are not noted,
 * for each flush would make the next one necessary.
 */
public final class PartLog extends SystemLog<PartLog.Row> {
  private static final String NAME = "part_log";

  /** One row; the part is null when it is not there. */
  record Row(Instant time, MergeTreeListener.Event event, MergeTreeTable table) {
    @Nullable DataPart part() {
      return event.part();
    }

    @Nullable PartName name() {
      return PartName.tryParse(event.partName());
    }

    boolean isMerge() {
      return switch (event.kind()) {
        case MERGE_PARTS, MERGE_PARTS_START -> true;
        case NEW_PART, DOWNLOAD_PART, REMOVE_PART, MUTATE_PART, MUTATE_PART_START, MOVE_PART ->
            false;
      };
    }

    String queryId() {
      return event.work() == null
          ? event.queryId()
          : table.id().uuid() + "::" + event.work().result();
    }

    int errorCode() {
      return switch (event.failure()) {
        case null -> 0;
        case LonghouseException e -> e.code();
        default -> ErrorCode.LOGICAL_ERROR.code();
      };
    }

    long readRows() {
      MergeProgress work = event.work();
      return work == null ? 0 : work.rowsRead();
    }

    String mutations() {
      MergeProgress work = event.work();
      return work != null && work.isMutation()
          ? "mutation_" + work.result().mutation() + ".txt"
          : "";
    }
  }

  public PartLog(LocalEngine engine) {
    super(NAME, what(part(times(new SystemColumns<>()))), engine);
  }

  /** Notes an event of a table. */
  public void add(MergeTreeListener.Event event, MergeTreeTable table) {
    boolean own = table.id().database().equals("system") && table.id().name().equals(NAME);
    if (!own) {
      add(new Row(Instant.now(), event, table));
    }
  }

  private static String kind(Row r) {
    return switch (r.event.kind()) {
      case NEW_PART -> "NewPart";
      case MERGE_PARTS_START -> "MergePartsStart";
      case MERGE_PARTS -> "MergeParts";
      case REMOVE_PART -> "RemovePart";
      case MUTATE_PART_START -> "MutatePartStart";
      case MUTATE_PART -> "MutatePart";
      case DOWNLOAD_PART -> "DownloadPart";
      case MOVE_PART -> "MovePart";
    };
  }

  private static SystemColumns<Row> times(SystemColumns<Row> columns) {
    String host = QueryLog.hostname();
    return columns
        .add("hostname", "LowCardinality(String)", _ -> host)
        .text("query_id", Row::queryId)
        .add(
            "event_type",
            "Enum8('NewPart' = 1, 'MergeParts' = 2, 'DownloadPart' = 3, 'RemovePart' = 4,"
                + " 'MutatePart' = 5, 'MovePart' = 6, 'MergePartsStart' = 7,"
                + " 'MutatePartStart' = 8)",
            PartLog::kind)
        .add(
            "merge_reason",
            "Enum8('NotAMerge' = 1, 'RegularMerge' = 2, 'TTLDeleteMerge' = 3,"
                + " 'TTLRecompressMerge' = 4, 'TTLDropMerge' = 5)",
            r -> r.isMerge() ? "RegularMerge" : "NotAMerge")
        .add(
            "merge_algorithm",
            "Enum8('Undecided' = 0, 'Vertical' = 1, 'Horizontal' = 2)",
            r -> r.isMerge() ? "Horizontal" : "Undecided")
        .add(
            "event_date", "Date", r -> r.time.atZone(TimeZones.server()).toLocalDate().toEpochDay())
        .add("event_time", "DateTime", Row::time)
        .add("event_time_microseconds", "DateTime64(6)", r -> QueryLog.micros(r.time))
        .number("duration_ms", r -> r.event.durationMs());
  }

  private static SystemColumns<Row> part(SystemColumns<Row> columns) {
    return columns
        .text("database", r -> r.table.id().database())
        .text("table", r -> r.table.id().name())
        .add("table_uuid", "UUID", r -> r.table.id().uuid())
        .text("part_name", r -> r.event.partName())
        .text("partition_id", r -> r.name() instanceof PartName n ? n.partitionId() : null)
        .text(
            "partition",
            r -> r.part() instanceof DataPart p ? new PartsTable.Row(r.table, p).partition() : null)
        .text(
            "part_type",
            r -> r.part() instanceof DataPart p ? p.isWide() ? "Wide" : "Compact" : null)
        .text("disk_name", r -> r.part() instanceof DataPart p ? p.disk().name() : null)
        .text(
            "path_on_disk",
            r -> r.part() instanceof DataPart p ? p.disk().absolute(p.folder()) + "/" : null)
        .number("rows", r -> r.part() instanceof DataPart p ? p.rows() : null)
        .number("size_in_bytes", r -> r.part() instanceof DataPart p ? p.bytesOnDisk() : null);
  }

  private static SystemColumns<Row> what(SystemColumns<Row> columns) {
    return columns
        .add(
            "merged_from",
            "Array(String)",
            r -> r.event.sources().stream().map(DataPart::toString).toList())
        .number(
            "bytes_uncompressed",
            r ->
                r.part() instanceof DataPart p ? PartFiles.of(List.of(p)).dataUncompressed() : null)
        .number("read_rows", Row::readRows)
        .empty("read_bytes", "UInt64")
        .empty("peak_memory_usage", "UInt64")
        .empty("deduplication_block_ids", "Array(String)")
        .add("error", "UInt16", Row::errorCode)
        .text(
            "exception",
            r -> r.event.failure() == null ? null : String.valueOf(r.event.failure().getMessage()))
        .text("mutation_ids", Row::mutations)
        .empty("ProfileEvents", "Map(LowCardinality(String), UInt64)")
        .alias("ProfileEvents.Names", "Array(String)", "mapKeys(ProfileEvents)")
        .alias("ProfileEvents.Values", "Array(UInt64)", "mapValues(ProfileEvents)")
        .alias("name", "part_name");
  }
}
