package io.longhouse.cluster.replication;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.replication.leader.OldReplicas;
import io.longhouse.cluster.replication.leader.PartsForOldReplicas;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.cluster.replication.node.TableMetadata;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.part.DataPart;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a replica have in common: the table, its place in Keeper and the session in
 * which it is active.
 */
final class ReplicaCore {
  private static final long FIRST_MS_MAX = 10_000;

  private final MergeTreeTable table;
  private final ReplicaPath path;
  private final Keeper keeper;
  private final LocalEngine engine;
  private final CountDownLatch attempted = new CountDownLatch(1);
  private volatile @Nullable KeeperSession active;
  private volatile String reason = "it has not been started yet";
  private final OldReplicas oldReplicas;
  private volatile Instant readOnlySince = Instant.now();
  private volatile boolean closed;
  private volatile boolean fetchesStopped;
  private volatile boolean queueStopped;
  private volatile boolean pullingStopped;

  ReplicaCore(MergeTreeTable table, ReplicaPath path, Keeper keeper, LocalEngine engine) {
    this.table = table;
    this.path = path;
    this.keeper = keeper;
    this.engine = engine;
    this.oldReplicas = new OldReplicas(path.table());
  }

  MergeTreeTable table() {
    return table;
  }

  MergeTreeData data() {
    return table.data();
  }

  MergeTreeSettings settings() {
    return data().settings();
  }

  ReplicaPath path() {
    return path;
  }

  Keeper keeper() {
    return keeper;
  }

  LocalEngine engine() {
    return engine;
  }

  /** Does what needs a statement's means but belongs to no client. */
  void internally(Consumer<StatementContext> work) {
    TimeZones.in(
        TimeZones.server(),
        () -> {
          engine.internally(work);
          return true;
        });
  }

  /** The name of the table for messages and threads. */
  String name() {
    return data().table();
  }

  /**
   * The session in which the replica is active.
   *
   * @throws LonghouseException TABLE_IS_READ_ONLY (242)
   */
  KeeperSession session() {
    awaitFirstAttempt();
    KeeperSession s = active;
    if (s == null || s.hasEnded()) {
      throw new LonghouseException(
          ErrorCode.TABLE_IS_READ_ONLY,
          "Table is in readonly mode: replica_path=" + path.own() + ", since " + reason);
    }
    return s;
  }

  /** A table that was just made or opened is about to become active. */
  private void awaitFirstAttempt() {
    try {
      boolean over = attempted.getCount() == 0 || attempted.await(FIRST_MS_MAX, MILLISECONDS);
      if (!over) {
        attempted.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same after a while, when the replica is about to become active again. */
  KeeperSession awaitSession(long ms, Runnable check) {
    long untilNs = System.nanoTime() + ms * 1_000_000;
    while (sessionOrNull() == null && System.nanoTime() < untilNs) {
      check.run();
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return session();
  }

  /** The same without an error: null while the replica is read-only. */
  @Nullable KeeperSession sessionOrNull() {
    KeeperSession s = active;
    return s == null || s.hasEnded() ? null : s;
  }

  /** Whether a session is the one in which the replica is active. */
  boolean isActive(KeeperSession session) {
    return active == session && !session.hasEnded();
  }

  /** The replica is active in a session from now on. */
  void activated(KeeperSession session) {
    active = session;
    attempted.countDown();
  }

  /** The replica is read-only from now on. */
  void deactivated(String why) {
    if (active != null) {
      readOnlySince = Instant.now();
    }
    reason = why;
    active = null;
    attempted.countDown();
  }

  /** Since when it is read-only, if it is. */
  Instant readOnlySince() {
    return readOnlySince;
  }

  /** The replica is being closed. */
  void closing() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether no parts are fetched from other replicas at the moment. */
  boolean fetchesStopped() {
    return fetchesStopped;
  }

  void stopFetches(boolean stop) {
    fetchesStopped = stop;
  }

  /** Whether no entry of the queue is executed at the moment. */
  boolean queueStopped() {
    return queueStopped;
  }

  void stopQueue(boolean stop) {
    queueStopped = stop;
  }

  /** Whether the log is not read at the moment. */
  boolean pullingStopped() {
    return pullingStopped;
  }

  void stopPulling(boolean stop) {
    pullingStopped = stop;
  }

  /** How long statements wait for replicas that are not active, in seconds. */
  long inactiveReplicaTimeoutSec() {
    return 120;
  }

  /** Whether a replica is registered whose server is older than 20.3. */
  boolean hasOldPeers() {
    return oldReplicas.any();
  }

  OldReplicas oldReplicas() {
    return oldReplicas;
  }

  /** Parts are written from now on as the oldest of the replicas can read them. */
  void writeAsPeersRead(KeeperCalls asked) {
    String node = path.of("metadata");
    TableMetadata stored = TableMetadata.parse(asked.get(node).data(), node);
    data().settings(PartsForOldReplicas.settings(settings(), stored, hasOldPeers()));
  }

  /** The type of a part in log entries, of which the oldest servers know only one. */
  String partType(DataPart part) {
    return part.isWide() || hasOldPeers() ? LogEntry.WIDE : "Compact";
  }

  /**
   * Refuses rows that were written before it was known that an old server is to read them.
   *
   * @throws LonghouseException ABORTED (236): written again they are what it reads
   */
  void checkPeersRead(DataPart part, KeeperCalls asked) {
    if (hasOldPeers() && (!part.isWide() || part.isAdaptive())) {
      writeAsPeersRead(asked);
      throw new LonghouseException(
          ErrorCode.ABORTED,
          "The rows were written in a form that replicas "
              + String.join(", ", oldReplicas.names())
              + " of servers before 20.3 cannot read, try again");
    }
  }
}
