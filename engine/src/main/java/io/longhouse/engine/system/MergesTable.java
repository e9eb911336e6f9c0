package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import io.longhouse.storage.mergetree.MergeProgress;
import io.longhouse.storage.mergetree.PartSnapshot;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code system.merges}: merges and mutations that run now. Bytes are estimated from the share of
 * rows done; memory is not counted.
 */
@Register(kind = SystemTable.class, name = "merges", doc = "Merges and mutations under way.")
final class MergesTable extends SystemTable<MergesTable.Row> {
  /** A merge of a table, with those of its sources that are still active. */
  record Row(MergeTreeTable table, MergeProgress work, List<DataPart> sources) {
    PartFiles files() {
      return PartFiles.of(sources);
    }

    String path(PartName part) {
      return table.data().disk().absolute(table.data().folder()) + "/" + part + "/";
    }

    String partition() {
      return sources.isEmpty() ? "" : new PartsTable.Row(table, sources.getFirst()).partition();
    }

    long bytesWritten() {
      long total = work.rowsTotal();
      return total == 0
          ? 0
          : (long) ((double) files().dataUncompressed() * work.rowsWritten() / total);
    }
  }

  MergesTable() {
    super("merges", progress(parts(new SystemColumns<>())));
  }

  private static SystemColumns<Row> parts(SystemColumns<Row> columns) {
    return columns
        .text("database", r -> r.table.id().database())
        .text("table", r -> r.table.id().name())
        .add("elapsed", "Float64", r -> r.work.elapsedMs() / 1000.0)
        .add("progress", "Float64", r -> r.work.progress())
        .number("num_parts", r -> r.work.sources().size())
        .add(
            "source_part_names",
            "Array(String)",
            r -> r.work.sources().stream().map(PartName::toString).toList())
        .text("result_part_name", r -> r.work.result())
        .add(
            "source_part_paths",
            "Array(String)",
            r -> r.work.sources().stream().map(r::path).toList())
        .text("result_part_path", r -> r.path(r.work.result()))
        .text("partition_id", r -> r.work.result().partitionId())
        .text("partition", Row::partition)
        .flag("is_mutation", r -> r.work.isMutation());
  }

  private static SystemColumns<Row> progress(SystemColumns<Row> columns) {
    return columns
        .number("total_size_bytes_compressed", r -> r.work.bytesTotal())
        .number("total_size_bytes_uncompressed", r -> r.files().dataUncompressed())
        .number("total_size_marks", r -> r.sources.stream().mapToLong(PartFiles::marks).sum())
        .number(
            "bytes_read_uncompressed",
            r -> (long) (r.files().dataUncompressed() * r.work.progress()))
        .number("rows_read", r -> r.work.rowsRead())
        .number("bytes_written_uncompressed", Row::bytesWritten)
        .number("rows_written", r -> r.work.rowsWritten())
        .empty("columns_written", "UInt64")
        .empty("memory_usage", "UInt64")
        .number("thread_id", r -> r.work.threadId())
        .text("merge_type", r -> r.work.isMutation() ? "" : "Regular")
        .text("merge_algorithm", r -> r.work.isMutation() ? "" : "Horizontal")
        .empty("current_projection", "String")
        .empty("current_projection_progress", "Float64")
        .empty("current_projection_parts_merging", "UInt64")
        .empty("current_projection_parts_remaining", "UInt64")
        .empty("projections_completed", "Array(String)")
        .empty("projections_remaining", "Array(String)");
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    List<Row> rows = new ArrayList<>();
    for (TableRows t : TableRows.open(TableRows.whole(context, names), context)) {
      if (t.table() instanceof MergeTreeTable m) {
        PartSnapshot now = m.data().snapshot();
        for (MergeProgress work : m.data().merges().running()) {
          List<DataPart> sources =
              now.parts().stream().filter(p -> work.sources().contains(p.name())).toList();
          rows.add(new Row(m, work, sources));
        }
      }
    }
    return rows;
  }
}
