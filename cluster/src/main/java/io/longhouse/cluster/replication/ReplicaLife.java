package io.longhouse.cluster.replication;

import io.longhouse.cluster.interserver.Interserver;
import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.HostNode;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * When a replica is active. With each session of Keeper's it becomes active anew: it says where it
 * is, takes up its queue and follows the log. Without a session the table is read-only, and what
 * waits for Keeper waits.
 */
final class ReplicaLife {
  private static final System.Logger LOG = System.getLogger(ReplicaLife.class.getName());
  private static final long LOOK_EVERY_MS = 30_000;
  private static final long AWAY_MS = 500;

  private final ReplicaCore core;
  private final ReplicaPath path;
  private final Replica replica;
  private final Interserver interserver;

  /** By which the replica knows its own {@code is_active}. */
  private final String identity =
      "pid: " + ProcessHandle.current().pid() + ", random: " + UUID.randomUUID();

  private final Loop loop;
  private volatile boolean begun;

  ReplicaLife(ReplicaCore core, Replica replica, Interserver interserver) {
    this.core = core;
    this.path = core.path();
    this.replica = replica;
    this.interserver = interserver;
    this.loop = new Loop("replica " + core.name(), this::step);
  }

  void start() {
    loop.start();
  }

  void wake() {
    loop.wake();
  }

  /** Becomes active anew, with what Keeper says. */
  void restart() {
    KeeperSession session = core.sessionOrNull();
    core.deactivated("it is being restarted");
    if (session != null) {
      session.removeIfThere(path.own("is_active"));
    }
    wake();
  }

  /** Takes no notice of what was before: the replica was registered anew. */
  void beginAnew() {
    begun = true;
    wake();
  }

  void end() {
    loop.end();
    KeeperSession session = core.sessionOrNull();
    core.deactivated("it is being closed");
    if (session != null) {
      try {
        session.removeIfThere(path.own("is_active"));
      } catch (KeeperError e) {
        LOG.log(
            System.Logger.Level.INFO,
            "{0}: is_active goes with the session: {1}",
            core.name(),
            e.message());
      }
    }
  }

  private long step() {
    KeeperSession active = core.sessionOrNull();
    if (active != null) {
      return LOOK_EVERY_MS;
    }
    KeeperSession session = core.keeper().sessionOrNull();
    if (session == null) {
      core.deactivated("there is no session with Keeper");
      return AWAY_MS;
    }
    try {
      activate(session);
    } catch (RuntimeException e) {
      core.deactivated("it could not be activated: " + e.getMessage());
      throw e;
    }
    return LOOK_EVERY_MS;
  }

  private void activate(KeeperSession session) {
    if (session.exists(path.own()) == null) {
      throw new LonghouseException(
          ErrorCode.TABLE_IS_READ_ONLY,
          "table metadata was not found in zookeeper: replica_path=" + path.own());
    }
    new Registration(session, path).addNewNodes();
    replica.lookAtPeers(session);
    if (!begun) {
      replica.checkColumns(session);
      replica.checkParts(session);
    }
    replica.inserts().settleDoubts();
    removeFailedQuorums(session);
    sayWhere(session);
    replica.cloneIfNeeded(session);
    if (!begun) {
      replica.queue().begin(core.data().snapshot().parts());
      begun = true;
    }
    replica.queue().load(session);
    replica.puller().pull(session, null, null);
    replica.quorum().joinAll(session);
    replica.enterElection(session);
    core.activated(session);
    replica.activated(session);
    session.onEnd(() -> {
      core.deactivated("its session with Keeper has ended");
      wake();
    });
    LOG.log(System.Logger.Level.INFO, "{0}: active as {1}", core.name(), path.own());
  }

  /** Parts whose quorum failed while this replica was away are nobody's. */
  private void removeFailedQuorums(KeeperSession session) {
    List<String> failed = session.tryChildren(path.of("quorum/failed_parts"), null);
    List<PartName> names = new ArrayList<>();
    for (String n : failed == null ? List.<String>of() : failed) {
      PartName name = PartName.tryParse(n);
      if (name != null) {
        names.add(name);
      }
    }
    replica.nodes().remove(session, names);
    for (PartName n : names) {
      DataPart part = core.data().snapshot().find(n);
      if (part != null) {
        core.data().partitions().putAside(part, "noquorum");
        replica.queue().removeVirtual(n);
      }
    }
  }

  private void sayWhere(KeeperSession session) {
    String node = path.own("is_active");
    KeeperNode before = session.tryGet(node);
    if (before != null && before.text().equals(identity)) {
      // Of a session of this process that has ended.
      session.removeIfThere(node);
    }
    MultiResult result =
        session.multi(
            List.of(
                Op.create(node, identity, CreateMode.EPHEMERAL),
                new Op.Set(path.own("host"), host().toBytes(), Op.ANY)));
    if (result.failed(0, Reason.NODE_EXISTS)) {
      String host = session.text(path.own("host"));
      throw new LonghouseException(
          ErrorCode.REPLICA_IS_ALREADY_ACTIVE,
          "Replica "
              + path.own()
              + " appears to be already active ("
              + (host == null ? "without host node" : host.strip().replace("\n", ", "))
              + "). If you're sure it's not, try again in a minute or remove znode "
              + node
              + " manually");
    }
    result.orThrow();
  }

  private HostNode host() {
    HostNode at = interserver.address();
    var id = core.table().id();
    return new HostNode(at.host(), at.port(), at.tcpPort(), id.database(), id.name(), at.scheme());
  }

  /** The table has another name now, which others see. */
  void renamed(io.longhouse.engine.table.TableId id) {
    KeeperSession session = core.sessionOrNull();
    if (session == null) {
      return; // said when the replica becomes active
    }
    HostNode at = interserver.address();
    session.set(
        path.own("host"),
        new HostNode(at.host(), at.port(), at.tcpPort(), id.database(), id.name(), at.scheme())
            .toBytes(),
        Op.ANY);
  }
}
