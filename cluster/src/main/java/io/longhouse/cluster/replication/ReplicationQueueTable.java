package io.longhouse.cluster.replication;

import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.system.SystemColumns;
import io.longhouse.engine.system.SystemTable;
import io.longhouse.engine.system.TableRows;
import io.longhouse.engine.system.WantedNames;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import io.longhouse.storage.part.PartName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code system.replication_queue}: what the replicas of this server have still to do. */
@Register(
    kind = SystemTable.class,
    name = "replication_queue",
    doc = "What replicated tables of this server have still to do, and why it waits.")
final class ReplicationQueueTable extends SystemTable<ReplicationQueueTable.Row> {
  /** An entry and its place in the queue. */
  record Row(Replica replica, QueueEntry entry, int position) {}

  ReplicationQueueTable() {
    super("replication_queue", progress(entry(new SystemColumns<>())));
  }

  private static SystemColumns<Row> entry(SystemColumns<Row> columns) {
    return columns
        .text("database", r -> r.replica.table().id().database())
        .text("table", r -> r.replica.table().id().name())
        .text("replica_name", r -> r.replica.path().replica())
        .add("position", "UInt32", Row::position)
        .text("node_name", r -> r.entry.node())
        .text("type", r -> r.entry.action().type())
        .add("create_time", "DateTime", r -> Instant.ofEpochSecond(r.entry.createdSec()))
        .add("required_quorum", "UInt32", r -> r.entry.entry().quorum())
        .text("source_replica", r -> r.entry.entry().sourceReplica())
        .text("new_part_name", r -> r.entry.action().newPart())
        .add(
            "parts_to_merge",
            "Array(String)",
            r -> r.entry.sources().stream().map(PartName::toString).toList())
        .flag("is_detach", r -> r.entry.action() instanceof LogEntry.DropRange d && d.detach());
  }

  private static SystemColumns<Row> progress(SystemColumns<Row> columns) {
    return columns
        .flag("is_currently_executing", r -> r.entry.isExecuting())
        .add("num_tries", "UInt32", r -> r.entry.tries())
        .text("last_exception", r -> r.entry.failure())
        .add(
            "last_exception_time",
            "DateTime",
            r -> Instant.ofEpochMilli(r.entry.failure().isEmpty() ? 0 : r.entry.lastTryMs()))
        .add("last_attempt_time", "DateTime", r -> Instant.ofEpochMilli(r.entry.lastTryMs()))
        .add("num_postponed", "UInt32", r -> r.entry.postponed())
        .text("postpone_reason", r -> r.entry.postponeReason())
        .add("last_postpone_time", "DateTime", r -> Instant.ofEpochMilli(r.entry.lastPostponedMs()))
        .text("merge_type", r -> mergeType(r.entry.action()));
  }

  private static String mergeType(LogEntry.Action action) {
    return action instanceof LogEntry.Merge m
        ? switch (m.mergeType()) {
          case 2 -> "TTLDelete";
          case 3 -> "TTLRecompress";
          case 4 -> "TTLDrop";
          default -> "Regular";
        }
        : "";
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    List<Row> rows = new ArrayList<>();
    for (TableRows t : TableRows.open(TableRows.whole(context, names), context)) {
      if (t.table() instanceof MergeTreeTable m && m.replication() instanceof Replica r) {
        List<QueueEntry> entries = r.queue().entries();
        for (int i = 0; i < entries.size(); i++) {
          rows.add(new Row(r, entries.get(i), i));
        }
      }
    }
    return rows;
  }
}
