package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.PartName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code system.detached_parts}: folders below {@code detached} of MergeTree tables. */
@Register(kind = SystemTable.class, name = "detached_parts", doc = "Parts that are set aside.")
final class DetachedPartsTable extends SystemTable<DetachedPartsTable.Row> {
  /** Prefixes that say why a part was set aside; a part that a user detached has none. */
  private static final Set<String> REASONS =
      Set.of(
          "broken",
          "unexpected",
          "noquorum",
          "ignored",
          "broken-on-start",
          "clone",
          "attaching",
          "deleting",
          "tmp-fetch",
          "covered-by-broken",
          "merge-not-byte-identical",
          "mutate-not-byte-identical");

  /**
   * A folder of a detached part.
   *
   * @param name null when the folder's name is not that of a part
   */
  record Row(
      MergeTreeTable table, String folder, String path, String reason, @Nullable PartName name) {
    Disk disk() {
      return table.data().disk();
    }

    long bytes() {
      return disk().list(path).stream()
          .map(f -> path + "/" + f)
          .filter(f -> !disk().isFolder(f))
          .mapToLong(disk()::size)
          .sum();
    }
  }

  DetachedPartsTable() {
    super(
        "detached_parts",
        new SystemColumns<Row>()
            .text("database", r -> r.table.id().database())
            .text("table", r -> r.table.id().name())
            .add(
                "partition_id",
                "Nullable(String)",
                r -> r.name == null ? null : r.name.partitionId())
            .text("name", Row::folder)
            .number("bytes_on_disk", Row::bytes)
            .add(
                "modification_time",
                "DateTime",
                r -> Instant.ofEpochMilli(r.disk().modifiedMs(r.path)))
            .text("disk", r -> r.disk().name())
            .text("path", r -> r.disk().absolute(r.path))
            .add("reason", "Nullable(String)", r -> r.name == null ? null : r.reason)
            .add(
                "min_block_number",
                "Nullable(Int64)",
                r -> r.name == null ? null : r.name.minBlock())
            .add(
                "max_block_number",
                "Nullable(Int64)",
                r -> r.name == null ? null : r.name.maxBlock())
            .add("level", "Nullable(UInt32)", r -> r.name == null ? null : r.name.level()));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    List<Row> rows = new ArrayList<>();
    for (TableRows t : TableRows.whole(context, names)) {
      if (t.table() instanceof MergeTreeTable m) {
        String in = m.data().folder().isEmpty() ? "detached" : m.data().folder() + "/detached";
        for (String folder : m.data().disk().list(in)) {
          rows.add(row(m, in, folder));
        }
      }
    }
    return rows;
  }

  private static Row row(MergeTreeTable table, String in, String folder) {
    String path = in + "/" + folder;
    for (String reason : REASONS) {
      if (folder.startsWith(reason + "_")) {
        PartName name = PartName.tryParse(folder.substring(reason.length() + 1));
        if (name != null) {
          return new Row(table, folder, path, reason, name);
        }
      }
    }
    return new Row(table, folder, path, "", PartName.tryParse(folder));
  }
}
