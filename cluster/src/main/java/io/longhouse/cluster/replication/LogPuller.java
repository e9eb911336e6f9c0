package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes entries from the log into the replica's queue: in Keeper in one step with {@code
 * log_pointer}, the number of the first entry that was not taken, then in memory.
 */
final class LogPuller {
  private static final int BATCH = 100;
  private static final String PREFIX = "log-";

  private final ReplicaCore core;
  private final ReplicationQueue queue;
  private final ReplicaMutations mutations;
  private final ReentrantLock lock = new ReentrantLock();

  /** Whether the last step's outcome is not known. */
  private boolean doubtful;

  private volatile long startedMs;
  private volatile long finishedMs;
  private volatile String failure = "";

  LogPuller(ReplicaCore core, ReplicationQueue queue, ReplicaMutations mutations) {
    this.core = core;
    this.queue = queue;
    this.mutations = mutations;
  }

  /**
   * Takes all there is.
   *
   * @param watch told when there is more; null for nobody
   * @param mutationWatch told when there are other mutations; null for nobody
   * @return the version of the log before: it changes when merges, mutations and drops come
   */
  int pull(KeeperSession session, @Nullable Runnable watch, @Nullable Runnable mutationWatch) {
    lock.lock();
    try {
      if (startedMs <= finishedMs) {
        startedMs = System.currentTimeMillis();
      }
      int version = pullAll(session, watch, mutationWatch);
      finishedMs = System.currentTimeMillis();
      failure = "";
      return version;
    } catch (RuntimeException e) {
      failure = String.valueOf(e.getMessage());
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private int pullAll(
      KeeperSession session, @Nullable Runnable watch, @Nullable Runnable mutationWatch) {
    if (doubtful) {
      queue.load(session);
      doubtful = false;
    }
    KeeperNode pointer = session.get(core.path().own("log_pointer"));
    int version = session.get(core.path().of("log")).version();
    List<String> names = new ArrayList<>(session.children(core.path().of("log"), watch));
    names.removeIf(n -> !n.startsWith(PREFIX));
    names.sort(null);
    // Who has seen the log as it was has seen the mutations before it.
    mutations.update(session, mutationWatch);
    String at = pointer.text();
    long from = at.isEmpty() ? names.isEmpty() ? 0 : number(names.getFirst()) : Long.parseLong(at);
    int pointerVersion = pointer.version();
    if (at.isEmpty()) {
      pointerVersion = session.set(core.path().own("log_pointer"), "" + from, pointerVersion);
    }
    List<String> news = names.stream().filter(n -> number(n) >= from).toList();
    for (int i = 0; i < news.size(); i += BATCH) {
      List<String> batch = news.subList(i, Math.min(news.size(), i + BATCH));
      copy(session, batch, pointerVersion++);
    }
    queue.upToDate();
    return version;
  }

  static long number(String node) {
    return Long.parseLong(node.substring(node.length() - 10));
  }

  private void copy(KeeperSession session, List<String> names, int pointerVersion) {
    List<@Nullable KeeperNode> nodes =
        session.getAll(names.stream().map(n -> core.path().of("log/" + n)).toList());
    List<Op> ops = new ArrayList<>();
    List<KeeperNode> found = new ArrayList<>();
    List<LogEntry> entries = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      KeeperNode node = nodes.get(i);
      if (node == null) {
        throw new KeeperError(
            KeeperError.Reason.NO_NODE,
            "No node, path "
                + core.path().of("log/" + names.get(i))
                + ": the log was cleaned while it was read");
      }
      entries.add(LogEntry.parse(node.data(), core.path().of("log/" + names.get(i))));
      found.add(node);
      ops.add(
          new Op.Create(
              core.path().own("queue/queue-"), node.data(), CreateMode.PERSISTENT_SEQUENTIAL));
    }
    long next = number(names.getLast()) + 1;
    ops.add(Op.set(core.path().own("log_pointer"), "" + next, pointerVersion));
    MultiResult result;
    try {
      result = session.multi(ops);
    } catch (KeeperError e) {
      doubtful = true;
      throw e;
    }
    result.orThrow();
    List<QueueEntry> copied = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      copied.add(
          new QueueEntry(
              entries.get(i),
              KeeperPaths.name(result.created(i)),
              found.get(i).stat().ctimeMs() / 1000));
    }
    queue.pulled(copied, next);
  }

  /** Seconds by which the replica is behind; 0 when it has all that it knows of. */
  long delaySec() {
    long now = System.currentTimeMillis();
    long started = startedMs;
    long finished = finishedMs;
    long unprocessed = queue.unprocessedInsertSec();
    if (finished == 0) {
      return now / 1000;
    }
    if (unprocessed > 0) {
      return Math.max(0, now / 1000 - unprocessed);
    }
    return started > finished ? Math.max(0, (now - started) / 1000) : 0;
  }

  /** Why the last attempt failed; empty if it did not. */
  String failure() {
    return failure;
  }
}
