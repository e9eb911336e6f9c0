package io.longhouse.engine.workload;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many queries there may be at once: of the server, of a user, of a workload and those it
 * stands in. Who finds no slot of its workload waits; of those that wait the next is the first of
 * the workload and account that has the fewest slots for its weight. Other limits are waited for as
 * long as {@code queue_max_wait_ms} says, by default not at all.
 *
 * <p>Invariants, under {@link #lock}: {@code running} of a node counts the claims below it that
 * hold a slot and never exceeds its limit; a waiter is in its account's queue until it is let in or
 * leaves; {@link #queues} are the accounts whose queue is not empty.
 */
final class QuerySlots {
  private static final long LOOK_MS = 50;
  private static final long RETRY_SEC_MAX = 600;

  /**
   * Limits of the server.
   *
   * @param queries of any kind; each limit 0 for none
   */
  record ServerLimits(long queries, long inserts, long selects) {}

  /**
   * What a statement asks for.
   *
   * @param kind {@code Insert}, {@code Select} or another
   * @param free whether it gets a slot at once, whatever the limits
   * @param userMax of its user's queries; 0 for no limit
   * @param allMax of all queries; 0 for no limit
   * @param waitMs how long it waits for slots of the server and the user; for its workload's too
   *     when it is more than 0
   */
  record Wish(String kind, boolean free, long userMax, long allMax, long waitMs) {}

  /** One that waits. */
  static final class Waiter {
    private final Node node;
    private final String user;
    private final Wish wish;
    private final Condition turn;
    private boolean admitted;

    private Waiter(Node node, String user, Wish wish, Condition turn) {
      this.node = node;
      this.user = user;
      this.wish = wish;
      this.turn = turn;
    }
  }

  /** A limit that is reached. */
  private record Limit(String of, long now, long max, @Nullable Node workload) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final ServerLimits server;
  private final Set<Node> queues = new LinkedHashSet<>();
  private final Map<String, Integer> users = new HashMap<>();
  private int running;
  private int inserts;
  private int selects;
  private int waiting;

  QuerySlots(ServerLimits server) {
    this.server = server;
  }

  int running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** Does something that reads or changes nodes' slots. */
  void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
      letIn();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a slot, waiting for it when it must.
   *
   * @param check called now and then while it waits; what it throws ends the waiting
   * @return how long it waited, in nanoseconds
   * @throws LonghouseException TOO_MANY_SIMULTANEOUS_QUERIES (202)
   */
  long enter(Node node, String user, Wish wish, Runnable check) {
    lock.lock();
    try {
      var w = new Waiter(node, user, wish, lock.newCondition());
      Limit reached = wish.free ? null : reached(w);
      if (wish.free || reached == null && node.queue.isEmpty()) {
        admit(w);
        return 0;
      }
      if (reached != null && reached.workload == null && wish.waitMs == 0) {
        throw refused(w, reached);
      }
      checkRoom(w, reached);
      return await(w, check);
    } finally {
      lock.unlock();
    }
  }

  /** As many may wait as the workload says. */
  private void checkRoom(Waiter w, @Nullable Limit reached) {
    Node workload = w.node.parent;
    if (workload != null && workload.waiting >= workload.slots.waitingMax()) {
      workload.refused++;
      long sec = comeBackSec(workload);
      throw new LonghouseException(
          ErrorCode.TOO_MANY_SIMULTANEOUS_QUERIES,
          "Too many simultaneous queries"
              + of(workload)
              + ". Current: "
              + (reached == null ? workload.running : reached.now)
              + ", maximum: "
              + (reached == null ? workload.slots.queriesMax() : reached.max)
              + ", waiting: "
              + workload.waiting
              + ", maximum waiting: "
              + workload.slots.waitingMax()
              + ". Try again in "
              + sec
              + " s",
          sec);
    }
  }

  private static String of(Node workload) {
    return workload.name.isEmpty() ? "" : " of workload '" + workload.name + "'";
  }

  private long await(Waiter w, Runnable check) {
    long start = System.nanoTime();
    enqueue(w, 1);
    w.node.queue.add(w);
    queues.add(w.node);
    try {
      while (!w.admitted) {
        look(w, check, start);
      }
    } catch (Throwable e) {
      abandon(w);
      throw e;
    }
    long waited = System.nanoTime() - start;
    for (Node n = w.node; n != null; n = n.parent) {
      n.waitedNs += waited;
    }
    return waited;
  }

  /** Waits a little, and throws what ends the waiting. */
  private void look(Waiter w, Runnable check, long startNs) {
    try {
      w.turn.await(LOOK_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    }
    if (w.admitted) {
      return;
    }
    lock.unlock();
    try {
      check.run();
    } finally {
      lock.lock();
    }
    if (hasRate(w.node)) {
      letIn();
    }
    if (w.admitted) {
      return;
    }
    Limit reached = reached(w);
    boolean patient = reached == null || reached.workload != null;
    long waitedMs = (System.nanoTime() - startNs) / 1_000_000;
    boolean over = waitedMs >= w.wish.waitMs && (w.wish.waitMs > 0 || !patient);
    if (over) {
      Limit named =
          reached != null ? reached : new Limit(of(parent(w.node)), running, running, w.node);
      throw refused(w, named);
    }
  }

  /** Whether time alone may let it in. */
  private static boolean hasRate(Node account) {
    for (Node n = account; n != null; n = n.parent) {
      if (n.slots.queriesPerSecond() > 0) {
        return true;
      }
    }
    return false;
  }

  private static Node parent(Node account) {
    Node p = account.parent;
    return p == null ? account : p;
  }

  private void enqueue(Waiter w, int by) {
    waiting += by;
    for (Node n = w.node; n != null; n = n.parent) {
      n.waiting += by;
    }
  }

  /** A waiter leaves, whether it was let in meanwhile or not. */
  private void abandon(Waiter w) {
    if (w.admitted) {
      count(w.node, w.user, w.wish.kind, -1);
    } else {
      w.node.queue.remove(w);
      if (w.node.queue.isEmpty()) {
        queues.remove(w.node);
      }
      enqueue(w, -1);
    }
    letIn();
  }

  /** Gives a slot back. */
  void leave(Node node, String user, Wish wish, long tookNs) {
    lock.lock();
    try {
      count(node, user, wish.kind, -1);
      for (Node n = node; n != null; n = n.parent) {
        n.querySec += (tookNs / 1e9 - n.querySec) / 8;
      }
      letIn();
    } finally {
      lock.unlock();
    }
  }

  private void count(Node node, String user, String kind, int by) {
    running += by;
    inserts += kind.equals("Insert") ? by : 0;
    selects += kind.equals("Select") ? by : 0;
    users.merge(user, by, (a, b) -> a + b == 0 ? null : a + b);
    for (Node n = node; n != null; n = n.parent) {
      n.running += by;
    }
  }

  private void admit(Waiter w) {
    w.admitted = true;
    count(w.node, w.user, w.wish.kind, 1);
    for (Node n = w.node; n != null; n = n.parent) {
      n.admitted++;
      n.began();
    }
  }

  /** Lets in whoever may come now. */
  private void letIn() {
    while (!queues.isEmpty()) {
      Node best = null;
      for (Node n : queues) {
        if (reached(n.queue.element()) == null && (best == null || precedes(n, best))) {
          best = n;
        }
      }
      if (best == null) {
        return;
      }
      Waiter w = best.queue.remove();
      if (best.queue.isEmpty()) {
        queues.remove(best);
      }
      enqueue(w, -1);
      admit(w);
      w.turn.signal();
    }
  }

  private static boolean precedes(Node a, Node b) {
    int workloads = Double.compare(parent(a).load(), parent(b).load());
    return a.parent != b.parent && workloads != 0 ? workloads < 0 : a.load() < b.load();
  }

  private @Nullable Limit reached(Waiter w) {
    Wish wish = w.wish;
    if (server.queries > 0 && running >= server.queries) {
      return new Limit("", running, server.queries, null);
    }
    if (server.inserts > 0 && wish.kind.equals("Insert") && inserts >= server.inserts) {
      return new Limit(" insert", inserts, server.inserts, null);
    }
    if (server.selects > 0 && wish.kind.equals("Select") && selects >= server.selects) {
      return new Limit(" select", selects, server.selects, null);
    }
    if (wish.allMax > 0 && running >= wish.allMax) {
      return new Limit(" for all users", running, wish.allMax, null);
    }
    int ofUser = users.getOrDefault(w.user, 0);
    if (wish.userMax > 0 && ofUser >= wish.userMax) {
      return new Limit(" for user " + w.user, ofUser, wish.userMax, null);
    }
    long now = System.nanoTime();
    for (Node n = w.node; n != null; n = n.parent) {
      if (n.running >= n.slots.queriesMax()) {
        return new Limit(of(n), n.running, n.slots.queriesMax(), n);
      }
      if (n.slots.queriesPerSecond() > 0 && n.tokens(now) < 1) {
        return new Limit(of(n) + " per second", 0, (long) n.slots.queriesPerSecond(), n);
      }
    }
    return null;
  }

  private static LonghouseException refused(Waiter w, Limit l) {
    Node workload = l.workload == null ? w.node : l.workload;
    workload.refused++;
    String kind = l.of.equals(" insert") || l.of.equals(" select") ? l.of : "";
    long sec = comeBackSec(workload);
    return new LonghouseException(
        ErrorCode.TOO_MANY_SIMULTANEOUS_QUERIES,
        "Too many simultaneous"
            + kind
            + " queries"
            + (kind.isEmpty() ? l.of : "")
            + ". Current: "
            + l.now
            + ", maximum: "
            + l.max
            + ". Try again in "
            + sec
            + " s",
        sec);
  }

  /** When those that run and wait now will have ended, by how long queries took lately. */
  private static long comeBackSec(Node n) {
    double turns = (n.waiting + 1.0) / Math.max(1, n.running);
    return Math.clamp((long) Math.ceil(n.querySec * turns), 1, RETRY_SEC_MAX);
  }
}
