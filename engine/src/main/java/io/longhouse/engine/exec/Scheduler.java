package io.longhouse.engine.exec;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares the time of a fixed number of threads among a tree of {@link Share}s by weight: at each
 * fork, of the children of the best priority the one that has had the least time for its weight
 * goes first. The choice costs the logarithm of the number of shares that have work.
 *
 * <p>Work is done step by step by this scheduler's platform threads, or by a thread of its own that
 * asks for leave ({@link Group#during}) and holds one of the threads' places meanwhile. A step
 * should take a few milliseconds. One that takes longer than the quantum while another account
 * waits loses its place at its next {@link #checkpoint}, and goes on when its turn comes again; if
 * it meets none, a spare thread takes over and the operating system shares the processors between
 * the two until the step ends.
 *
 * <p>This is what the rest of the engine sees. Beneath are, from the bottom up, the tree of shares
 * ({@link ShareTree}), the {@link Places} and who gets them, and those who take them: the {@link
 * Worker}s, threads outside with a {@link Lease}, and the {@link Watch} over both.
 *
 * <p>Invariants: all state is under the one lock of {@link Places}; a task is in its share's queue,
 * or run by one thread, or parked, never two of these.
 */
public final class Scheduler implements AutoCloseable {
  /** What a step of a task came to. */
  public enum Outcome {
    /** There is more to do now. */
    MORE,
    /** Somebody calls {@link Group#wakeUp} when there is more to do. */
    PARKED,
    DONE
  }

  /**
   * A piece of work done step by step. A step must not block and should take a few milliseconds.
   */
  @FunctionalInterface
  public interface Task {
    Outcome step();
  }

  public static final long QUANTUM_NS = 10_000_000;

  private final Places places;
  private final ReentrantLock lock;
  private final ShareTree tree;

  public Scheduler(int threadCount, String name) {
    this(threadCount, name, QUANTUM_NS);
  }

  /**
   * @param quantumNs after how long a step loses its place to other accounts
   */
  public Scheduler(int threadCount, String name, long quantumNs) {
    this.places = new Places(threadCount, name, quantumNs);
    this.lock = places.lock;
    this.tree = places.tree;
    places.open();
    Thread.ofPlatform().name(name + "-watch").daemon(true).start(new Watch(places));
  }

  public int threadCount() {
    return places.count();
  }

  /** What all others are shares of. */
  public Share root() {
    return tree.root;
  }

  public Share newShare(Share parent, String shareName, ShareLimits limits) {
    return new Share(parent, shareName, limits, null);
  }

  public void configure(Share share, ShareLimits limits) {
    lock.lock();
    try {
      if (tree.configure(share, limits)) {
        places.dispatch();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Has a share and those above it stand back for time that was spent for it elsewhere. */
  public void charge(Share share, long ns) {
    lock.lock();
    try {
      tree.owe(share, ns);
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing would be lost if the share were made anew when it is next wanted. */
  public boolean isForgettable(Share share) {
    lock.lock();
    try {
      return share.isForgettable();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a share has used and where it stands.
   *
   * @param vruntime its time by its weight, which siblings are compared by
   * @param systemVruntime where a child of priority 0 would begin that comes now
   */
  public record Snapshot(
      boolean active,
      int activeChildren,
      int running,
      long waiting,
      long steps,
      long usedNs,
      long busyPeriods,
      double vruntime,
      double systemVruntime,
      double tokensNs,
      long throttledNs,
      boolean throttled) {}

  public Snapshot snapshot(Share s) {
    lock.lock();
    try {
      return new Snapshot(
          s.running > 0 || s.isReady(),
          s.children.size(),
          s.running,
          s.ready == null ? 0 : s.ready.size(),
          s.steps,
          s.usedNs,
          s.busyPeriods,
          s.time,
          s.children.virtualTime(0),
          s.tokensNs(),
          s.throttledNs,
          s.throttled);
    } finally {
      lock.unlock();
    }
  }

  /** The claim of a query that belongs to nobody in particular. */
  public Group newGroup() {
    return new Group(tree.root);
  }

  /** The claim of a query of that account or workload. */
  public Group newGroup(Share parent) {
    return new Group(parent);
  }

  /** The work of one query. */
  public final class Group {
    private final Share share;

    private Group(Share parent) {
      this.share = new Share(parent, "", ShareLimits.NONE, new ArrayDeque<>());
    }

    /** Makes a new or parked task ready. */
    public void wakeUp(Task task) {
      lock.lock();
      try {
        places.add(share, new Work.Steps(task));
      } finally {
        lock.unlock();
      }
    }

    /** Processor time that was spent for this query, in nanoseconds. */
    public long cpuNs() {
      lock.lock();
      try {
        return share.cpuNs;
      } finally {
        lock.unlock();
      }
    }

    /** How long there was work to do for this query and no thread for it, in nanoseconds. */
    public long waitedNs() {
      lock.lock();
      try {
        return share.waitedNs;
      } finally {
        lock.unlock();
      }
    }

    /** Counts time that was spent for the query beside the scheduler's threads. */
    public void charge(long ns) {
      lock.lock();
      try {
        for (Share p = share; p != null; p = p.parent) {
          p.cpuNs += ns;
        }
        tree.owe(share, ns);
      } finally {
        lock.unlock();
      }
    }

    /**
     * Has work done by the scheduler's threads when it is this query's turn, and waits for it. On a
     * thread that has its turn already it is done at once.
     *
     * @param check called while it waits for its turn; may throw what ends the waiting
     */
    public <T extends @Nullable Object> T call(Runnable check, Supplier<T> task) {
      if (places.isClosed()
          || Lease.CURRENT.isBound()
          || Thread.currentThread() instanceof Worker) {
        return task.get();
      }
      var errand = new Errand<T>(task);
      wakeUp(errand);
      return errand.await(check);
    }

    /**
     * Does work on the current thread when it is this query's turn. On a thread that has its turn
     * already it is done at once.
     *
     * @param check called while it waits for its turn; may throw what ends the waiting
     */
    public <T extends @Nullable Object> T during(Runnable check, Supplier<T> task) {
      if (Lease.CURRENT.isBound() || Thread.currentThread() instanceof Worker) {
        return task.get();
      }
      var lease = new Lease(places, share);
      lease.take(check);
      try {
        return ScopedValue.where(Lease.CURRENT, lease).call(task::get);
      } finally {
        lease.giveBack();
      }
    }
  }

  /**
   * Waits for something without keeping others from the place that the current thread holds by
   * {@link Group#during} or in a step.
   */
  public static void blocking(Runnable wait) {
    if (Lease.CURRENT.isBound()) {
      Lease.CURRENT.get().waitWithoutPlace(wait);
    } else if (Thread.currentThread() instanceof Worker w) {
      w.waitWithoutPlace(wait);
    } else {
      wait.run();
    }
  }

  /**
   * Does what may wait for a short while, which is not counted as use of the place that the current
   * thread holds by {@link Group#during}. If it takes longer others get the place.
   */
  public static void uncounted(Runnable mayWait) {
    if (Lease.CURRENT.isBound()) {
      Lease.CURRENT.get().waitUncounted(mayWait);
    } else {
      mayWait.run();
    }
  }

  /**
   * Lets others have their turn if the current thread has had its own, in the middle of a step or
   * of a {@code during}.
   */
  public static void checkpoint() {
    if (Lease.CURRENT.isBound()) {
      Lease.CURRENT.get().renew();
    } else if (Thread.currentThread() instanceof Worker w) {
      w.checkTurn();
    }
  }

  /** Ends the threads when there is no more work. */
  @Override
  public void close() {
    places.close();
  }
}
