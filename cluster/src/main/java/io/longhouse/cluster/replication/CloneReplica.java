package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.cluster.replication.node.TableMetadata;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replica that is new, or was marked as lost, becomes what another one is: it takes that one's
 * place in the log and a copy of its queue, and fetches its parts.
 */
final class CloneReplica {
  private static final System.Logger LOG = System.getLogger(CloneReplica.class.getName());
  private static final int ATTEMPTS_MAX = 1000;

  private final ReplicaCore core;
  private final ReplicaPath path;
  private final PartNodes nodes;
  private final AlterEntries alters;

  CloneReplica(ReplicaCore core, PartNodes nodes, AlterEntries alters) {
    this.core = core;
    this.path = core.path();
    this.nodes = nodes;
    this.alters = alters;
  }

  /** A replica that can be copied: the fewer entries it is behind the better. */
  private record Source(String name, int lostVersion, long behind) {}

  void runIfNeeded(KeeperSession session) {
    KeeperNode lost = session.tryGet(path.own("is_lost"));
    if (lost == null) {
      session.createIfMissing(path.own("is_lost"), "0");
      return;
    }
    if (!lost.text().equals("1")) {
      return;
    }
    Source from = best(session);
    LOG.log(System.Logger.Level.INFO, "{0}: takes over what {1} has", core.name(), from.name);
    for (String n : session.children(path.own("queue"))) {
      session.removeIfThere(path.own("queue/" + n));
    }
    copy(session, from);
    session.set(path.own("is_lost"), "0");
  }

  private Source best(KeeperSession session) {
    long last =
        session.children(path.of("log")).stream().mapToLong(LogPuller::number).max().orElse(-1);
    Source best = null;
    for (String r : session.children(path.of("replicas"))) {
      KeeperNode lost = session.tryGet(path.other(r, "is_lost"));
      KeeperNode pointer = session.tryGet(path.other(r, "log_pointer"));
      KeeperNode queue = session.tryGet(path.other(r, "queue"));
      if (lost == null || pointer == null || queue == null) {
        continue;
      }
      if (r.equals(path.replica()) || !lost.text().equals("0")) {
        continue;
      }
      long at = pointer.text().isEmpty() ? 0 : Long.parseLong(pointer.text());
      var s = new Source(r, lost.version(), last + 1 - at + queue.stat().childCount());
      best = best == null || s.behind < best.behind ? s : best;
    }
    if (best == null) {
      throw new LonghouseException(ErrorCode.ALL_REPLICAS_LOST, "All replicas are lost");
    }
    return best;
  }

  private void copy(KeeperSession session, Source from) {
    List<byte[]> queue = takePlace(session, from);
    var active = new ActiveParts(nodes.names(session, from.name));
    forgetOthers(session, active);
    takeColumns(session, from);
    for (PartName p : active.all()) {
      KeeperNode node = session.tryGet(path.other(from.name, "parts/" + p));
      long madeSec = node == null ? 0 : node.stat().ctimeMs() / 1000;
      enqueue(session, LogEntry.of(madeSec, "", new LogEntry.Get(p.toString())).toBytes());
    }
    queue.forEach(e -> enqueue(session, e));
  }

  private void enqueue(KeeperSession session, byte[] entry) {
    session.create(path.own("queue/queue-"), entry, CreateMode.PERSISTENT_SEQUENTIAL);
  }

  /** Takes the other's place in the log; answers its queue at that moment. */
  private List<byte[]> takePlace(KeeperSession session, Source from) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      String pointerPath = path.other(from.name, "log_pointer");
      KeeperNode pointer = session.get(pointerPath);
      String folder = path.other(from.name, "queue");
      List<String> names = session.children(folder).stream().sorted().toList();
      List<@Nullable KeeperNode> found =
          session.getAll(names.stream().map(n -> folder + "/" + n).toList());
      MultiResult result =
          session.multi(
              List.of(
                  new Op.Set(path.own("log_pointer"), pointer.data(), Op.ANY),
                  Op.check(path.other(from.name, "is_lost"), from.lostVersion),
                  Op.check(pointerPath, pointer.version())));
      if (result.isDone()) {
        List<byte[]> queue = new ArrayList<>();
        found.stream().filter(n -> n != null).forEach(n -> queue.add(n.data()));
        return queue;
      }
      if (!result.failed(2, Reason.BAD_VERSION)) {
        throw new LonghouseException(
            ErrorCode.REPLICA_STATUS_CHANGED,
            "Can not clone replica, because the " + from.name + " became lost");
      }
    }
    throw new LonghouseException(
        ErrorCode.REPLICA_STATUS_CHANGED,
        "Can not clone replica, because the log pointer of " + from.name + " changes all the time");
  }

  /** Parts that the other does not have would never be fetched by anybody. */
  private void forgetOthers(KeeperSession session, ActiveParts active) {
    List<PartName> own = nodes.names(session, path.replica());
    nodes.remove(session, own.stream().filter(p -> active.containing(p) == null).toList());
    for (DataPart p : core.data().snapshot().parts()) {
      if (active.containing(p.name()) == null) {
        core.data().partitions().putAside(p, "clone");
      }
    }
  }

  /** The columns that the other has when its queue is executed from where it is. */
  private void takeColumns(KeeperSession session, Source from) {
    KeeperNode columns = session.tryGet(path.other(from.name, "columns"));
    KeeperNode metadata = session.tryGet(path.other(from.name, "metadata"));
    String version = session.text(path.other(from.name, "metadata_version"));
    if (columns == null || metadata == null || version == null) {
      return;
    }
    long target = Long.parseLong(version);
    if (core.data().metadata().version() >= target) {
      return;
    }
    session
        .multi(
            List.of(
                new Op.Set(path.own("columns"), columns.data(), Op.ANY),
                new Op.Set(path.own("metadata"), metadata.data(), Op.ANY)))
        .orThrow();
    alters.take(
        columns.data(),
        TableMetadata.parse(metadata.data(), path.other(from.name, "metadata")),
        target);
    alters.writeVersion(session, target);
  }
}
