package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.PartAuthority.Waiting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A statement's wait until replicas have done what it put into the log. */
final class LogWait {
  private static final long LOOK_EVERY_MS = 1000;

  private final ReplicaCore core;
  private final ReplicaPath path;

  LogWait(ReplicaCore core) {
    this.core = core;
    this.path = core.path();
  }

  /**
   * An entry of the log.
   *
   * @param node its name
   */
  record Logged(String node, LogEntry entry) {
    long number() {
      return LogPuller.number(node);
    }
  }

  /**
   * Waits as long as a statement wants to.
   *
   * @throws LonghouseException UNFINISHED (341) when some are away for too long
   */
  void await(Logged entry, Waiting waiting) {
    if (waiting.replicas() == 1) {
      await(path.replica(), entry, waiting.check(), Long.MAX_VALUE);
    } else if (waiting.replicas() > 1) {
      awaitAll(
          r -> await(r, entry, waiting.check(), inactiveNs()), "process log entry " + entry.node());
    }
  }

  private long inactiveNs() {
    return TimeUnit.SECONDS.toNanos(core.inactiveReplicaTimeoutSec());
  }

  private void awaitAll(Predicate<String> one, String what) {
    List<String> away = new ArrayList<>();
    for (String r : core.keeper().children(path.of("replicas"))) {
      if (!one.test(r)) {
        away.add(r);
      }
    }
    if (!away.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.UNFINISHED,
          "Timeout exceeded while waiting for replicas "
              + String.join(", ", away)
              + " to "
              + what
              + ". Probably some replicas are inactive");
    }
  }

  /** Whether a replica has done it; false when it was away for too long. */
  private boolean await(String replica, Logged entry, Runnable check, long inactiveNs) {
    KeeperCalls keeper = core.keeper();
    var away = new Away(replica, check, inactiveNs);
    String pointer = path.other(replica, "log_pointer");
    boolean taken =
        away.until(w -> {
          KeeperNode p = keeper.tryGet(pointer, w);
          return p == null || !p.text().isEmpty() && Long.parseLong(p.text()) > entry.number();
        });
    if (!taken) {
      return false;
    }
    String queue = path.other(replica, "queue");
    String node = find(keeper, queue, entry.entry().toBytes());
    return node == null || away.until(w -> keeper.exists(queue + "/" + node, w) == null);
  }

  /** The queue's numbers are its own: an entry is known by what it says. */
  private static @Nullable String find(KeeperCalls keeper, String queue, byte[] entry) {
    List<String> names = keeper.tryChildren(queue, null);
    if (names == null) {
      return null;
    }
    List<@Nullable KeeperNode> nodes =
        keeper.getAll(names.stream().map(n -> queue + "/" + n).toList());
    for (int i = 0; i < names.size(); i++) {
      KeeperNode node = nodes.get(i);
      if (node != null && Arrays.equals(node.data(), entry)) {
        return names.get(i);
      }
    }
    return null;
  }

  /** Something that Keeper is asked, with a watch for when to ask again. */
  private interface Question {
    boolean isSo(Runnable watch);
  }

  /** A wait that goes on while a replica is active, and a while when it is not. */
  private final class Away {
    private final String replica;
    private final Runnable check;
    private final long inactiveNs;
    private long awaySinceNs = -1;

    Away(String replica, Runnable check, long inactiveNs) {
      this.replica = replica;
      this.check = check;
      this.inactiveNs = inactiveNs;
    }

    boolean until(Question question) {
      while (true) {
        check.run();
        var changed = new CountDownLatch(1);
        try {
          if (question.isSo(changed::countDown)) {
            return true;
          }
          if (isTooLong()) {
            return false;
          }
        } catch (KeeperError e) {
          if (!e.isConnection() || core.isClosed()) {
            throw e;
          }
        }
        if (core.isClosed()) {
          throw new LonghouseException(
              ErrorCode.UNFINISHED, "Table " + core.name() + " is being closed");
        }
        pause(changed);
      }
    }

    private boolean isTooLong() {
      boolean active = core.keeper().exists(path.other(replica, "is_active")) != null;
      long now = System.nanoTime();
      if (active) {
        awaySinceNs = -1;
      } else if (awaySinceNs < 0) {
        awaySinceNs = now;
      }
      return !active && inactiveNs != Long.MAX_VALUE && now - awaySinceNs >= inactiveNs;
    }

    private void pause(CountDownLatch changed) {
      try {
        long untilNs = System.nanoTime() + LOOK_EVERY_MS * 1_000_000;
        while (System.nanoTime() < untilNs && !changed.await(50, TimeUnit.MILLISECONDS)) {
          check.run();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
      }
    }
  }

  /**
   * Waits until a mutation is done.
   *
   * @param failed throws when it cannot be done here
   */
  void awaitMutation(String node, Waiting waiting, Runnable failed) {
    Runnable check =
        () -> {
          waiting.check().run();
          failed.run();
        };
    Predicate<String> one =
        r ->
            new Away(r, check, waiting.replicas() > 1 ? inactiveNs() : Long.MAX_VALUE)
                .until(w -> {
                  KeeperNode p = core.keeper().tryGet(path.other(r, "mutation_pointer"), w);
                  return p == null || p.text().compareTo(node) >= 0;
                });
    if (waiting.replicas() > 1) {
      awaitAll(one, "finish mutation " + node);
    } else if (waiting.replicas() == 1 && !one.test(path.replica())) {
      throw new LonghouseException(
          ErrorCode.UNFINISHED, "Replica " + path.own() + " is not active, mutation " + node);
    }
  }
}
