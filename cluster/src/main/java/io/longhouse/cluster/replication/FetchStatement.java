package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.storage.mergetree.Partitions;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code FETCH PARTITION ... FROM}: copies parts of another table's replica to detached/. */
final class FetchStatement {
  private final ReplicaCore core;
  private final Fetches fetches;

  FetchStatement(ReplicaCore core, Fetches fetches) {
    this.core = core;
    this.fetches = fetches;
  }

  void run(AlterCommand.FetchPartition command, @Nullable String name, StatementContext context) {
    String wanted = Objects.requireNonNull(name);
    String from =
        KeeperPaths.plain(ReplicaPlaces.expand(command.from(), core.table().id(), context.query()));
    if (from.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, "ZooKeeper path should not be empty");
    }
    KeeperSession session = core.keeper().session();
    checkNotThere(command, wanted);
    String replica = best(session, from, command.part() ? wanted : null);
    long attempts =
        Math.max(1, context.query().settings().number("max_fetch_partition_retries_count"));
    List<PartName> missing = null;
    for (long i = 0; i < attempts; i++) {
      missing = fetchOnce(session, replica, command.part(), wanted, missing, context);
      if (missing.isEmpty()) {
        return;
      }
    }
    throw new LonghouseException(
        ErrorCode.TOO_MANY_RETRIES_TO_FETCH_PARTS,
        "Too many retries to fetch parts from " + replica);
  }

  private void checkNotThere(AlterCommand.FetchPartition command, String wanted) {
    for (Partitions.Detached d : core.data().partitions().detached()) {
      PartName part = d.part();
      boolean same =
          part != null
              && d.reason().isEmpty()
              && (command.part()
                  ? part.toString().equals(wanted)
                  : part.partitionId().equals(wanted));
      if (same) {
        throw new LonghouseException(
            command.part() ? ErrorCode.DUPLICATE_DATA_PART : ErrorCode.PARTITION_ALREADY_EXISTS,
            "Detached " + (command.part() ? "part " : "partition ") + wanted + " already exists.");
      }
    }
  }

  /** The active replica that is least behind, of those that have a part. */
  private String best(KeeperSession session, String from, @Nullable String part) {
    List<String> replicas = session.tryChildren(from + "/replicas", null);
    String best = null;
    long pointerMax = -1;
    int queueMin = 0;
    for (String r : replicas == null ? List.<String>of() : replicas) {
      String at = from + "/replicas/" + r;
      KeeperNode pointer = session.tryGet(at + "/log_pointer");
      KeeperNode queue = session.tryGet(at + "/queue");
      if (pointer == null || queue == null || session.exists(at + "/is_active") == null) {
        continue;
      }
      if (part != null && session.exists(at + "/parts/" + part) == null) {
        continue;
      }
      long p = pointer.text().isEmpty() ? 0 : Long.parseLong(pointer.text());
      int q = queue.stat().childCount();
      if (p > pointerMax || p == pointerMax && q < queueMin) {
        best = at;
        pointerMax = p;
        queueMin = q;
      }
    }
    if (best == null) {
      throw new LonghouseException(
          part == null ? ErrorCode.NO_ACTIVE_REPLICAS : ErrorCode.NO_REPLICA_HAS_PART,
          part == null
              ? "No active replicas for shard " + from
              : "Part " + part + " does not exist on any replica of " + from);
    }
    return best;
  }

  /** Answers the parts that could not be copied. */
  private List<PartName> fetchOnce(
      KeeperSession session,
      String replica,
      boolean one,
      String wanted,
      @Nullable List<PartName> missing,
      StatementContext context) {
    var active = new ActiveParts(names(session, replica));
    List<PartName> parts = new ArrayList<>();
    if (missing == null) {
      parts.addAll(one ? List.of(PartName.parse(wanted)) : active.ofPartition(wanted));
      if (parts.isEmpty()) {
        throw new LonghouseException(
            ErrorCode.PARTITION_DOESNT_EXIST,
            "Partition " + wanted + " on " + replica + " doesn't exist");
      }
    } else {
      for (PartName m : missing) {
        PartName in = active.containing(m);
        if (in != null && !parts.contains(in)) {
          parts.add(in);
        }
      }
    }
    List<PartName> left = new ArrayList<>();
    for (PartName p : parts) {
      try {
        DataPart part =
            fetches.copy(session, replica, p, true, null, context.query()::checkStopped);
        core.data().partitions().keepDetached(part);
      } catch (LonghouseException e) {
        boolean later =
            e.errorCode() == ErrorCode.RECEIVED_ERROR_FROM_REMOTE_IO_SERVER
                || e.errorCode() == ErrorCode.NO_SUCH_DATA_PART;
        if (!later) {
          throw e;
        }
        left.add(p);
      }
    }
    return left;
  }

  private List<PartName> names(KeeperSession session, String replica) {
    List<PartName> names = new ArrayList<>();
    for (String n : session.children(replica + "/parts")) {
      PartName name = PartName.tryParse(n);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }
}
