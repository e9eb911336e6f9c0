package io.longhouse.cluster.replication;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.system.SystemColumns;
import io.longhouse.engine.system.SystemTable;
import io.longhouse.engine.system.TableRows;
import io.longhouse.engine.system.WantedNames;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code system.replicas}: this server's replicas and how they stand among the others. */
@Register(
    kind = SystemTable.class,
    name = "replicas",
    doc = "Replicated tables of this server: their place in Keeper, queue and delay.")
final class ReplicasTable extends SystemTable<ReplicaStatus> {
  ReplicasTable() {
    super("replicas", keeper(queue(place(new SystemColumns<>()))));
  }

  private static SystemColumns<ReplicaStatus> place(SystemColumns<ReplicaStatus> columns) {
    return columns
        .text("database", r -> r.replica().table().id().database())
        .text("table", r -> r.replica().table().id().name())
        .add("uuid", "UUID", r -> r.replica().table().id().uuid())
        .text("engine", r -> r.replica().table().engine())
        .flag("is_leader", r -> r.replica().isLeader())
        .flag(
            "can_become_leader",
            r -> r.replica().core().settings().isOn("replicated_can_become_leader"))
        .flag("is_readonly", r -> r.replica().isReadOnly())
        .add(
            "readonly_start_time",
            "Nullable(DateTime)",
            r -> r.replica().isReadOnly() ? r.replica().core().readOnlySince() : null)
        .flag("is_session_expired", r -> r.replica().isReadOnly())
        .add("future_parts", "UInt32", r -> r.replica().queue().futureParts())
        .add("parts_to_check", "UInt32", r -> r.replica().partsToCheck())
        .text("zookeeper_name", _ -> "default")
        .text("zookeeper_path", r -> r.replica().path().table())
        .text("replica_name", r -> r.replica().path().replica())
        .text("replica_path", r -> r.replica().path().own())
        .add("columns_version", "Int32", _ -> -1);
  }

  private static SystemColumns<ReplicaStatus> queue(SystemColumns<ReplicaStatus> columns) {
    return columns
        .add("queue_size", "UInt32", r -> r.count(_ -> true))
        .add("inserts_in_queue", "UInt32", r -> r.count(QueueEntry::isInsert))
        .add("merges_in_queue", "UInt32", r -> r.count(ReplicaStatus::isMerge))
        .add("part_mutations_in_queue", "UInt32", r -> r.count(ReplicaStatus::isMutation))
        .add("queue_oldest_time", "DateTime", oldest(_ -> true))
        .add("inserts_oldest_time", "DateTime", oldest(QueueEntry::isInsert))
        .add("merges_oldest_time", "DateTime", oldest(ReplicaStatus::isMerge))
        .add("part_mutations_oldest_time", "DateTime", oldest(ReplicaStatus::isMutation))
        .text("oldest_part_to_get", r -> r.oldestPart(QueueEntry::isInsert))
        .text("oldest_part_to_merge_to", r -> r.oldestPart(ReplicaStatus::isMerge))
        .text("oldest_part_to_mutate_to", r -> r.oldestPart(ReplicaStatus::isMutation));
  }

  private static Function<ReplicaStatus, @Nullable Object> oldest(Predicate<QueueEntry> kind) {
    return r -> Instant.ofEpochSecond(r.oldestSec(kind));
  }

  private static SystemColumns<ReplicaStatus> keeper(SystemColumns<ReplicaStatus> columns) {
    return columns
        .number("log_max_index", ReplicaStatus::logMaxIndex)
        .number("log_pointer", ReplicaStatus::logPointer)
        .add(
            "last_queue_update",
            "DateTime",
            r -> Instant.ofEpochMilli(r.replica().queue().lastUpdateMs()))
        .number("absolute_delay", r -> r.replica().delaySec())
        .add("total_replicas", "UInt32", r -> r.active().size())
        .add("active_replicas", "UInt32", r -> r.active().values().stream().filter(a -> a).count())
        .number("lost_part_count", ReplicaStatus::lostParts)
        .text("last_queue_update_exception", r -> r.replica().puller().failure())
        .text("zookeeper_exception", ReplicaStatus::keeperFailure)
        .add("replica_is_active", "Map(String, UInt8)", ReplicasTable::activity);
  }

  private static Map<String, Integer> activity(ReplicaStatus r) {
    Map<String, Integer> all = new LinkedHashMap<>();
    r.active().forEach((name, active) -> all.put(name, active ? 1 : 0));
    return all;
  }

  @Override
  protected Iterable<ReplicaStatus> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<ReplicaStatus> rows(QueryContext context, WantedNames names) {
    List<ReplicaStatus> rows = new ArrayList<>();
    for (TableRows t : TableRows.open(TableRows.whole(context, names), context)) {
      if (t.table() instanceof MergeTreeTable m && m.replication() instanceof Replica r) {
        rows.add(new ReplicaStatus(r));
      }
    }
    return rows;
  }
}
