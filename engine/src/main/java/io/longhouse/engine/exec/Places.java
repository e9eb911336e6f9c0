package io.longhouse.engine.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The places of a {@link Scheduler}, one for each thread that may work at a time: who has one, and
 * who gets the next. A {@link Worker} takes one for a step, a thread outside for its {@link Lease},
 * and the {@link Watch} makes room for others beside a step that is long.
 *
 * <p>All state of the scheduler is under the one {@link #lock} here, which the caller of any method
 * below has, unless it says otherwise. Invariants under it: {@link #holds} has an element for each
 * place that is taken; of these, {@link #overdue} do not count against {@link #places}.
 */
final class Places {
  /** So many long steps may be under way besides those that count. */
  private static final int OVERDUE_PER_PLACE = 8;

  /** Threads, most of which wait in the middle of a long step for their next turn. */
  private static final int WORKERS_PER_PLACE = 16;

  final ReentrantLock lock = new ReentrantLock();

  /** There is something for the watch to look at. */
  final Condition pressure = lock.newCondition();

  final ShareTree tree = new ShareTree();
  final List<Hold> holds = new ArrayList<>();
  final long quantumNs;

  /** There is something for an idle worker to do. */
  private final Condition work = lock.newCondition();

  private final int places;
  private final String name;
  private int workers;
  private int idle;
  private int overdue;
  private volatile boolean closed;

  /**
   * @param quantumNs after how long a step loses its place to other accounts
   */
  Places(int places, String name, long quantumNs) {
    this.places = places;
    this.name = name;
    this.quantumNs = quantumNs;
  }

  /** Starts a worker for each place; takes the lock itself. */
  void open() {
    lock.lock();
    try {
      for (int i = 0; i < places; i++) {
        startWorker();
      }
    } finally {
      lock.unlock();
    }
  }

  private void startWorker() {
    new Worker(this, name + "-" + workers++).start();
  }

  int count() {
    return places;
  }

  /** Needs no lock. */
  boolean isClosed() {
    return closed;
  }

  boolean isFree() {
    return holds.size() - overdue < places;
  }

  /** Puts work behind what the leaf has to do. */
  void add(Share leaf, Work w) {
    leaf.add(w);
    tree.placePath(leaf);
    dispatch();
  }

  /** Puts a turn before what the leaf has to do. */
  void addFirst(Share leaf, Work.Turn turn) {
    leaf.addFirst(turn);
    tree.placePath(leaf);
    dispatch();
  }

  /** Gives free places to whose turn it is. */
  void dispatch() {
    if (grantTurns() != null) {
      work.signal();
    }
  }

  /**
   * Lets threads that wait for their turn go on until it is a task's turn, which is answered, or
   * null when nothing is to be done or there is no place.
   */
  private Work.@Nullable Steps grantTurns() {
    while (tree.isReady()) {
      if (!isFree()) {
        pressure.signal();
        return null;
      }
      switch (tree.firstLeaf().queue().element()) {
        case Work.Steps s -> {
          return s;
        }
        case Work.Turn t -> {
          pick(t.hold);
          t.has = true;
          t.granted.signal();
        }
      }
    }
    return null;
  }

  /** What a worker does next; null when the scheduler is closed. */
  Work.@Nullable Steps next(Hold hold) throws InterruptedException {
    while (true) {
      if (grantTurns() instanceof Work.Steps s) {
        pick(hold);
        if (grantTurns() != null) {
          work.signal();
        }
        return s;
      }
      if (closed && !tree.isReady()) {
        return null;
      }
      idle++;
      try {
        work.await();
      } finally {
        idle--;
      }
    }
  }

  /** Takes the work whose turn it is; the hold has its place. */
  private void pick(Hold hold) {
    tree.pick(hold);
    holds.add(hold);
  }

  /** A step has ended, or is interrupted: its place is free. */
  void settle(Hold hold, long cpuNs) {
    if (tree.settle(hold, cpuNs)) {
      pressure.signal();
    }
    holds.remove(hold);
    if (hold.overdue) {
      overdue--;
    }
  }

  /** Whether there is a thread for what comes next besides those that are in a step. */
  boolean ensureWorker() {
    if (idle > 0) {
      return true;
    }
    if (workers >= places * WORKERS_PER_PLACE) {
      return false;
    }
    startWorker();
    return true;
  }

  /** Whether one more long step may go on without counting. */
  boolean mayReplace() {
    return overdue < places * OVERDUE_PER_PLACE;
  }

  /** Has a long step go on without counting, so that another gets a place. */
  void replace(Hold hold) {
    hold.overdue = true;
    overdue++;
    ensureWorker();
    dispatch();
  }

  /** Ends the threads when there is no more work; takes the lock itself. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      pressure.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
