package io.longhouse.cluster.ddl;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.config.Replica;
import io.longhouse.cluster.config.Shard;
import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Works off the queue: one entry after the other, in order, each in one session with Keeper. An
 * entry that failed for want of Keeper or of means is tried again for a while; what else it fails
 * with is how it went.
 */
final class DdlWorker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DdlWorker.class.getName());
  private static final long PAUSE_MS = 1000;
  private static final long TRY_AGAIN_MS = 60_000;
  private static final int SHARD_TRIES_MAX = 3;
  private static final long SHARD_WAIT_MS = 3_600_000;

  private static final Set<ErrorCode> TRIED_AGAIN =
      Set.of(
          ErrorCode.KEEPER_EXCEPTION,
          ErrorCode.UNFINISHED,
          ErrorCode.NOT_A_LEADER,
          ErrorCode.TABLE_IS_READ_ONLY,
          ErrorCode.CANNOT_ASSIGN_ALTER,
          ErrorCode.TOO_MANY_SIMULTANEOUS_QUERIES,
          ErrorCode.MEMORY_LIMIT_EXCEEDED);

  private final DdlQueue queue;
  private final Clusters clusters;
  private final DdlExecution execution;
  private final String serverId;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private String last = "";
  private long cleanedNs = System.nanoTime();
  private @Nullable KeeperSession present;

  /** The session that has a watch on the queue; null when it has told of a change. */
  private volatile @Nullable KeeperSession watched;

  /**
   * @param serverId by which this server knows its own nodes again
   */
  DdlWorker(DdlQueue queue, Clusters clusters, DdlExecution execution, UUID serverId) {
    this.queue = queue;
    this.clusters = clusters;
    this.execution = execution;
    this.serverId = serverId.toString();
    this.thread = Thread.ofVirtual().name("ddl-queue").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  private void work() {
    while (!closed) {
      try {
        workOff();
      } catch (LonghouseException e) {
        LOG.log(Level.WARNING, "the queue of ON CLUSTER waits: " + e.message());
        pause(PAUSE_MS);
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "the queue of ON CLUSTER is no longer worked off");
        return;
      }
    }
  }

  /** One watch at a time, since each stays until something changes. */
  private List<String> names(KeeperSession session) {
    boolean set = watched != session;
    watched = session;
    try {
      return queue.names(session, set ? this::changed : null);
    } catch (KeeperError e) {
      watched = null;
      throw e;
    }
  }

  private void changed() {
    watched = null;
    wake.release();
  }

  private void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void workOff() throws InterruptedException {
    if (clusters.ownPort() <= 0) {
      Thread.sleep(PAUSE_MS / 10); // not known which entries are for this server
      return;
    }
    KeeperSession session = queue.keeper().session();
    if (present != session) {
      session.onEnd(wake::release);
      markPresent(session);
      present = session;
    }
    List<String> names = names(session);
    for (String name : names) {
      if (closed) {
        return;
      }
      if (name.compareTo(last) > 0) {
        process(name, session);
        last = name;
      }
    }
    long period = queue.config().cleanupDelayMs();
    if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cleanedNs) >= period) {
      cleanedNs = System.nanoTime();
      queue.clean();
    }
    if (wake.tryAcquire(Math.max(PAUSE_MS, period), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  /** Says that this server is there, for those that wait for such only. */
  private void markPresent(KeeperSession session) {
    for (Cluster c : clusters.all()) {
      for (Shard s : c.shards()) {
        for (Replica r : s.replicas()) {
          HostId host = new HostId(r.host(), r.port());
          if (r.local() && session.exists(queue.presence(host)) != null) {
            markPresent(session, queue.presence(host) + "/active");
          } else if (r.local()) {
            session.createAll(queue.presence(host));
            markPresent(session, queue.presence(host) + "/active");
          }
        }
      }
    }
  }

  private void markPresent(KeeperSession session, String path) {
    KeeperNode old = session.tryGet(path);
    if (old != null && old.text().equals(serverId)) {
      session.removeIfThere(path);
    } else if (old != null) {
      return; // another server has the address too, as loopback addresses may
    }
    try {
      session.create(path, serverId, CreateMode.EPHEMERAL);
    } catch (KeeperError e) {
      if (e.reason() != Reason.NODE_EXISTS) {
        throw e;
      }
    }
  }

  private void process(String name, KeeperSession session) throws InterruptedException {
    String path = queue.entry(name);
    KeeperNode node = session.tryGet(path);
    if (node == null) {
      return;
    }
    HostId self = null;
    DdlTask task;
    try {
      DdlEntry entry = DdlEntry.parse(node.text());
      self = DdlTask.self(entry, clusters);
      if (self == null || session.exists(DdlQueue.finished(path, self)) != null) {
        return;
      }
      task = DdlTask.of(name, path, entry, self, clusters);
    } catch (KeeperError e) {
      throw e;
    } catch (LonghouseException | IllegalArgumentException e) {
      refuse(path, self, e, session);
      return;
    }
    process(task, session);
  }

  /** An entry that cannot be understood counts as failed here. */
  private void refuse(
      String path, @Nullable HostId self, RuntimeException why, KeeperSession session) {
    LOG.log(Level.WARNING, "the entry " + path + " cannot be carried out: " + why.getMessage());
    if (self == null) {
      return;
    }
    DdlStatus status =
        why instanceof LonghouseException e
            ? DdlStatus.of(e)
            : DdlStatus.of(ErrorCode.SYNTAX_ERROR, String.valueOf(why.getMessage()));
    if (session.exists(path + "/finished") == null) {
      DdlQueue.createStatusNodes(session, path);
    }
    session.createIfMissing(DdlQueue.finished(path, self), status.text());
  }

  private void process(DdlTask task, KeeperSession session) throws InterruptedException {
    markActive(task, session);
    List<Op> ops = new ArrayList<>();
    ops.add(Op.remove(task.active()));
    DdlStatus status =
        execution.isForOneReplica(task) ? onOneReplica(task, session) : execute(task);
    ops.add(Op.create(task.finished(), status.text()));
    finish(task, session, ops);
  }

  private void markActive(DdlTask task, KeeperSession session) throws InterruptedException {
    while (true) {
      try {
        session.create(task.active(), serverId, CreateMode.EPHEMERAL);
        return;
      } catch (KeeperError e) {
        switch (e.reason()) {
          case NO_NODE -> DdlQueue.createStatusNodes(session, task.path());
          case NODE_EXISTS -> {
            // Of this server's former session, which ends soon.
            KeeperNode other = session.tryGet(task.active());
            if (other != null && other.text().equals(serverId)) {
              session.removeIfThere(task.active());
            } else {
              Thread.sleep(PAUSE_MS / 10);
            }
          }
          default -> throw e;
        }
      }
    }
  }

  /** Writes how it went; in another session when this one has ended meanwhile. */
  private void finish(DdlTask task, KeeperCalls session, List<Op> ops) throws InterruptedException {
    KeeperCalls calls = session;
    while (!closed) {
      try {
        MultiResult written = calls.multi(ops);
        if (written.isDone() || written.failed(ops.size() - 1, Reason.NODE_EXISTS)) {
          return;
        }
        if (written.failed(0, Reason.NO_NODE)) {
          ops.removeFirst();
          continue;
        }
        if (written.reason() == Reason.NO_NODE) {
          LOG.log(Level.WARNING, "the entry " + task.path() + " was removed while it was done");
          return;
        }
        written.orThrow();
      } catch (KeeperError e) {
        if (!e.isConnection()) {
          throw e;
        }
        Thread.sleep(PAUSE_MS);
        calls = queue.keeper();
        if (exists(calls, task.finished())) {
          return;
        }
      }
    }
  }

  private static boolean exists(KeeperCalls calls, String path) {
    try {
      return calls.exists(path) != null;
    } catch (KeeperError e) {
      return false;
    }
  }

  /** Carries the statement out, again where it may succeed then. */
  private DdlStatus execute(DdlTask task) throws InterruptedException {
    long startNs = System.nanoTime();
    for (long pauseMs = PAUSE_MS / 10; ; pauseMs = Math.min(PAUSE_MS * 5, pauseMs * 2)) {
      DdlStatus status = execution.run(task);
      long spentMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
      if (closed || !isTriedAgain(status) || spentMs > TRY_AGAIN_MS) {
        return status;
      }
      Thread.sleep(pauseMs);
    }
  }

  private static boolean isTriedAgain(DdlStatus status) {
    ErrorCode code = status.code() == 0 ? null : ErrorCode.of(status.code());
    return code != null && TRIED_AGAIN.contains(code);
  }

  /** One replica of the shard does it; the others wait for that one. */
  private DdlStatus onOneReplica(DdlTask task, KeeperSession session) throws InterruptedException {
    String shard = task.shardPath();
    String executed = shard + "/executed";
    String tries = shard + "/tries_to_execute";
    session.createIfMissing(task.path() + "/shards", "");
    session.createIfMissing(shard, "");
    session.createIfMissing(tries, "0");
    long startNs = System.nanoTime();
    while (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) < SHARD_WAIT_MS) {
      var done = new Semaphore(0);
      if (session.exists(executed, done::release) != null) {
        return DdlStatus.DONE;
      }
      if (lock(shard, task, session)) {
        try {
          if (session.exists(executed) != null) {
            return DdlStatus.DONE;
          }
          KeeperNode count = session.get(tries);
          int n = count.text().matches("\\d{1,4}") ? Integer.parseInt(count.text()) : 0;
          if (n > SHARD_TRIES_MAX) {
            session.createIfMissing(shard + "/max_tries_exceeded", task.self().text());
          } else {
            session.set(tries, String.valueOf(n + 1));
            DdlStatus status = execution.run(task);
            if (!isTriedAgain(status)) {
              session.createIfMissing(executed, task.self().text());
              return status;
            }
          }
        } finally {
          unlock(shard, session);
        }
      }
      if (session.exists(shard + "/max_tries_exceeded") != null) {
        return DdlStatus.of(
            ErrorCode.UNFINISHED, "Cannot execute replicated DDL query, maximum retries exceeded");
      }
      if (done.tryAcquire(PAUSE_MS, TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, "the shard's replica has done " + task.name());
      }
    }
    return DdlStatus.of(
        ErrorCode.TIMEOUT_EXCEEDED, "Cannot execute replicated DDL query, timeout exceeded");
  }

  private boolean lock(String shard, DdlTask task, KeeperSession session) {
    try {
      session.create(shard + "/lock", task.self().text(), CreateMode.EPHEMERAL);
      return true;
    } catch (KeeperError e) {
      if (e.reason() == Reason.NODE_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  private static void unlock(String shard, KeeperSession session) {
    if (!session.hasEnded()) {
      session.removeIfThere(shard + "/lock");
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
