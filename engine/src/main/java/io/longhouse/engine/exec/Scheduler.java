package io.longhouse.engine.exec;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
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
 * <p>Invariants, under {@link #lock}: a task is in its share's queue, or run by one thread, or
 * parked, never two of these; {@link #holds} has an element for each place that is taken; of these,
 * {@link #overdue} do not count against {@link #places}.
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

  /** What a share has in its queue. */
  sealed interface Work {}

  /**
   * A piece of work done step by step. A step must not block and should take a few milliseconds.
   */
  @FunctionalInterface
  public interface Task {
    Outcome step();
  }

  private record Steps(Task task) implements Work {}

  /** A thread that waits for its turn. */
  private static final class Turn implements Work {
    private final Hold hold;
    private final Condition granted;
    private boolean has;

    Turn(Hold hold, Condition granted) {
      this.hold = hold;
      this.granted = granted;
    }
  }

  /** A place that is taken. */
  private static final class Hold {
    private @Nullable Share leaf;
    private long startNs;
    private double expectedNs;
    private boolean overdue;

    /** Of the time since {@code startNs}; written by the thread that holds the place. */
    private long uncountedNs;

    private final boolean mayBlock;
    private final long threadId;

    /** The thread's processor time when it was given the place. */
    private long cpuStartNs;

    Hold(Thread thread, boolean mayBlock) {
      this.threadId = thread.isVirtual() ? 0 : thread.threadId();
      this.mayBlock = mayBlock;
    }

    /**
     * Whether it has had its time while others wait, or waits itself for something.
     *
     * @param others whether those who wait are of another account
     */
    private boolean isOver(long wallNs, long quantumNs, boolean others) {
      if (wallNs < quantumNs) {
        return false;
      }
      long cpuNs = mayBlock ? 0 : CPU.getThreadCpuTime(threadId) - cpuStartNs;
      return mayBlock
          || others && cpuNs > quantumNs / 2
          || wallNs > WAITING_QUANTA * quantumNs && (others || cpuNs < quantumNs);
    }
  }

  public static final long QUANTUM_NS = 10_000_000;

  /** So many long steps may be under way besides those that count. */
  private static final int OVERDUE_PER_PLACE = 8;

  /** Threads, most of which wait in the middle of a long step for their next turn. */
  private static final int WORKERS_PER_PLACE = 16;

  private static final long LOOK_AGAIN_NS = 200_000;

  /**
   * What a step waits, for files or because the machine is busy, counts no more than that: others
   * get its place if it takes long.
   */
  private static final long WAIT_NS_MAX = 500_000;

  /** A step that waits loses its place later than one that works. */
  private static final int WAITING_QUANTA = 5;

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final ScopedValue<Lease> LEASE = ScopedValue.newInstance();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition pressure = lock.newCondition();
  private final Share root = new Share(null, "", ShareLimits.NONE, null);
  private final List<Hold> holds = new ArrayList<>();
  private final PriorityQueue<Share> throttled =
      new PriorityQueue<>(Comparator.comparingLong(s -> s.throttledUntilNs));
  private final int places;
  private final String name;
  private final long quantumNs;
  private int workers;
  private int idle;
  private int overdue;
  private volatile boolean closed;

  public Scheduler(int threadCount, String name) {
    this(threadCount, name, QUANTUM_NS);
  }

  /**
   * @param quantumNs after how long a step loses its place to other accounts
   */
  public Scheduler(int threadCount, String name, long quantumNs) {
    this.places = threadCount;
    this.name = name;
    this.quantumNs = quantumNs;
    for (int i = 0; i < threadCount; i++) {
      startWorker();
    }
    Thread.ofPlatform().name(name + "-watch").daemon(true).start(this::watch);
  }

  private void startWorker() {
    new Worker(name + "-" + workers++).start();
  }

  public int threadCount() {
    return places;
  }

  /** What all others are shares of. */
  public Share root() {
    return root;
  }

  public Share newShare(Share parent, String shareName, ShareLimits limits) {
    return new Share(parent, shareName, limits, null);
  }

  public void configure(Share share, ShareLimits limits) {
    lock.lock();
    try {
      Share parent = share.parent;
      if (parent == null || share.limits.equals(limits)) {
        return;
      }
      parent.children.remove(share);
      throttled.remove(share);
      if (share.active) {
        share.active = false;
        parent.children.activate(share, false);
      }
      share.limits(limits);
      placePath(share);
      dispatch();
    } finally {
      lock.unlock();
    }
  }

  /** Has a share and those above it stand back for time that was spent for it elsewhere. */
  public void charge(Share share, long ns) {
    lock.lock();
    try {
      owe(share, ns);
    } finally {
      lock.unlock();
    }
  }

  private static void owe(Share share, long ns) {
    for (Share p = share; p != null; p = p.parent) {
      p.time += ns / p.limits.weight();
      p.usedNs += ns;
      place(p);
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
    return new Group(root);
  }

  /** The claim of a query of that account or workload. */
  public Group newGroup(Share parent) {
    return new Group(parent);
  }

  /** The work of one query. */
  public final class Group {
    private final Share share;
    private final ArrayDeque<Scheduler.Work> ready = new ArrayDeque<>();

    private Group(Share parent) {
      this.share = new Share(parent, "", ShareLimits.NONE, ready);
    }

    /** Makes a new or parked task ready. */
    public void wakeUp(Task task) {
      lock.lock();
      try {
        add(new Steps(task));
      } finally {
        lock.unlock();
      }
    }

    private void add(Scheduler.Work w) {
      share.becameReady(ready.isEmpty());
      ready.add(w);
      placePath(share);
      dispatch();
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
        owe(share, ns);
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
      if (closed || LEASE.isBound() || Thread.currentThread() instanceof Worker) {
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
      if (LEASE.isBound() || Thread.currentThread() instanceof Worker) {
        return task.get();
      }
      var lease = new Lease(this);
      lease.take(check);
      try {
        return ScopedValue.where(LEASE, lease).call(task::get);
      } finally {
        lease.giveBack();
      }
    }
  }

  /** Work that a thread waits for, done by a worker unless it is given up before. */
  private static final class Errand<T extends @Nullable Object> implements Task {
    private final Supplier<T> work;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Throwable failure;

    Errand(Supplier<T> work) {
      this.work = work;
    }

    @Override
    public Outcome step() {
      if (taken.compareAndSet(false, true)) {
        try {
          result = work.get();
        } catch (Throwable e) {
          failure = e;
        }
        done.countDown();
      }
      return Outcome.DONE;
    }

    @SuppressWarnings("NullAway") // null only where T has null
    T await(Runnable check) {
      boolean interrupted = false;
      while (true) {
        try {
          if (done.await(50, TimeUnit.MILLISECONDS)) {
            break;
          }
          giveUpIf(check);
        } catch (InterruptedException e) {
          // What was begun has to be ended before anything else is done.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      switch (failure) {
        case null -> {
          return result;
        }
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }

    /** What has been begun is waited for whatever the check says. */
    private void giveUpIf(Runnable check) {
      try {
        check.run();
      } catch (RuntimeException e) {
        if (taken.compareAndSet(false, true)) {
          throw e;
        }
      }
    }
  }

  /**
   * Waits for something without keeping others from the place that the current thread holds by
   * {@link Group#during} or in a step.
   */
  public static void blocking(Runnable wait) {
    if (LEASE.isBound()) {
      Lease lease = LEASE.get();
      lease.giveBack();
      try {
        wait.run();
      } finally {
        lease.take(() -> {});
      }
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
    if (!LEASE.isBound()) {
      mayWait.run();
      return;
    }
    long start = System.nanoTime();
    try {
      mayWait.run();
    } finally {
      LEASE.get().hold.uncountedNs += System.nanoTime() - start;
    }
  }

  /**
   * Lets others have their turn if the current thread has had its own, in the middle of a step or
   * of a {@code during}.
   */
  public static void checkpoint() {
    if (LEASE.isBound()) {
      LEASE.get().renew();
    } else if (Thread.currentThread() instanceof Worker w) {
      w.checkTurn();
    }
  }

  /** Leave for a thread that is not the scheduler's to do work in its stead. */
  private final class Lease {
    private final Group group;
    private final Hold hold = new Hold(Thread.currentThread(), true);
    private final Turn turn = new Turn(hold, lock.newCondition());
    private final Thread thread = Thread.currentThread();
    private long cpuStartNs;

    Lease(Group group) {
      this.group = group;
    }

    void take(Runnable check) {
      lock.lock();
      boolean interrupted = false;
      try {
        group.add(turn);
        while (!turn.has && !closed) {
          try {
            if (turn.granted.awaitNanos(TimeUnit.MILLISECONDS.toNanos(50)) <= 0) {
              check.run();
            }
          } catch (InterruptedException e) {
            // The turn comes soon; whoever waits for what is done then learns of it.
            interrupted = true;
          }
        }
      } finally {
        if (!turn.has && group.ready.remove(turn)) {
          placePath(group.share);
        }
        lock.unlock();
        if (interrupted) {
          thread.interrupt();
        }
      }
      cpuStartNs = cpuNs();
    }

    private long cpuNs() {
      return thread.isVirtual() ? System.nanoTime() : CPU.getCurrentThreadCpuTime();
    }

    void renew() {
      if (System.nanoTime() - hold.startNs > quantumNs / 2) {
        giveBack();
        take(() -> {});
      }
    }

    void giveBack() {
      long cpu = Math.max(0, cpuNs() - cpuStartNs - (thread.isVirtual() ? hold.uncountedNs : 0));
      lock.lock();
      try {
        if (turn.has) {
          turn.has = false;
          settle(hold, cpu);
          dispatch();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** A thread of the scheduler. */
  private final class Worker extends Thread {
    private final Hold hold = new Hold(this, false);

    /** In the middle of a long step: whoever deserves it more goes first. */
    void checkTurn() {
      if (System.nanoTime() - hold.startNs < quantumNs / 2) {
        return;
      }
      long now = CPU.getCurrentThreadCpuTime();
      lock.lock();
      try {
        Share leaf = leaf(hold);
        if (!root.isReady() || firstLeaf() == leaf || !ensureWorker()) {
          return;
        }
        settle(hold, now - hold.cpuStartNs);
        comeBack(leaf);
      } finally {
        lock.unlock();
      }
    }

    /** Waits until it is the turn of the step that has been interrupted. */
    private void comeBack(Share leaf) {
      var turn = new Turn(hold, lock.newCondition());
      ArrayDeque<Work> queue = queue(leaf);
      leaf.becameReady(queue.isEmpty());
      queue.addFirst(turn);
      placePath(leaf);
      dispatch();
      while (!turn.has && !closed) {
        turn.granted.awaitUninterruptibly();
      }
      hold.cpuStartNs = CPU.getCurrentThreadCpuTime();
    }

    void waitWithoutPlace(Runnable wait) {
      long now = CPU.getCurrentThreadCpuTime();
      Share leaf;
      lock.lock();
      try {
        leaf = leaf(hold);
        if (!ensureWorker()) {
          leaf = null;
        } else {
          settle(hold, now - hold.cpuStartNs);
          dispatch();
        }
      } finally {
        lock.unlock();
      }
      try {
        wait.run();
      } finally {
        if (leaf != null) {
          lock.lock();
          try {
            comeBack(leaf);
          } finally {
            lock.unlock();
          }
        }
      }
    }

    Worker(String name) {
      super(name);
      setDaemon(true);
    }

    @Override
    public void run() {
      Steps steps = null;
      Outcome outcome = Outcome.DONE;
      while (true) {
        long now = CPU.getCurrentThreadCpuTime();
        lock.lock();
        try {
          if (steps != null) {
            if (outcome == Outcome.MORE) {
              Share leaf = leaf(hold);
              leaf.becameReady(queue(leaf).isEmpty());
              queue(leaf).add(steps);
            }
            settle(hold, now - hold.cpuStartNs);
            steps = null; // an idle thread keeps nothing of the last query in memory
          }
          hold.cpuStartNs = now;
          steps = next(hold);
          if (steps == null) {
            return;
          }
        } catch (InterruptedException e) {
          return;
        } finally {
          lock.unlock();
        }
        outcome = step(steps.task);
      }
    }
  }

  /**
   * A task answers for its own errors; one that could not even do that must not cost the thread.
   */
  private static Outcome step(Task task) {
    try {
      return task.step();
    } catch (Throwable e) {
      System.getLogger(Scheduler.class.getName())
          .log(System.Logger.Level.ERROR, "A task of a query broke off", e);
      return Outcome.DONE;
    }
  }

  // ---- All below is under the lock.

  private boolean hasPlace() {
    return holds.size() - overdue < places;
  }

  /** What a worker does next; null when the scheduler is closed. */
  private @Nullable Steps next(Hold hold) throws InterruptedException {
    while (true) {
      if (grantLeases() instanceof Steps s) {
        pick(hold);
        if (grantLeases() != null) {
          work.signal();
        }
        return s;
      }
      if (closed && !root.isReady()) {
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

  /** Whether there is a thread for what comes next besides those that are in a step. */
  private boolean ensureWorker() {
    if (idle > 0) {
      return true;
    }
    if (workers >= places * WORKERS_PER_PLACE) {
      return false;
    }
    startWorker();
    return true;
  }

  /** Gives free places to whose turn it is. */
  private void dispatch() {
    if (grantLeases() != null) {
      work.signal();
    }
  }

  /**
   * Lets threads that wait for their turn go on until it is a task's turn, which is answered, or
   * null when nothing is to be done or there is no place.
   */
  private @Nullable Steps grantLeases() {
    while (root.isReady()) {
      if (!hasPlace()) {
        pressure.signal();
        return null;
      }
      switch (queue(firstLeaf()).element()) {
        case Steps s -> {
          return s;
        }
        case Turn t -> {
          pick(t.hold);
          t.has = true;
          t.granted.signal();
        }
      }
    }
    return null;
  }

  private Share firstLeaf() {
    Share s = root;
    while (s.ready == null) {
      s = s.children.first();
    }
    return s;
  }

  private static ArrayDeque<Work> queue(Share leaf) {
    ArrayDeque<Work> q = leaf.ready;
    if (q == null) {
      throw new IllegalStateException("not a leaf");
    }
    return q;
  }

  /** Takes the work whose turn it is; the hold has its place. */
  private void pick(Hold hold) {
    Share leaf = root;
    while (leaf.ready == null) {
      leaf = leaf.children.serve();
    }
    leaf.ready.remove();
    hold.leaf = leaf;
    hold.startNs = System.nanoTime();
    leaf.waited(hold.startNs);
    hold.expectedNs = leaf.stepNs;
    hold.overdue = false;
    hold.uncountedNs = 0;
    holds.add(hold);
    for (Share p = leaf; p != null; p = p.parent) {
      p.running++;
      p.time += hold.expectedNs / p.limits.weight();
      place(p);
    }
  }

  private static Share leaf(Hold hold) {
    Share leaf = hold.leaf;
    if (leaf == null) {
      throw new IllegalStateException("no place is held");
    }
    return leaf;
  }

  /** A step has ended: what it was charged beforehand becomes what it took. */
  private void settle(Hold hold, long cpuNs) {
    Share leaf = leaf(hold);
    long now = System.nanoTime();
    long wall = Math.max(0, now - hold.startNs - hold.uncountedNs);
    long ns = Math.min(wall, cpuNs + WAIT_NS_MAX);
    leaf.stepNs += (ns - leaf.stepNs) / 4;
    for (Share p = leaf; p != null; p = p.parent) {
      if (p.parent != null) {
        p.parent.children.spent(p, ns);
      }
      p.running--;
      p.steps++;
      p.time += (ns - hold.expectedNs) / p.limits.weight();
      p.usedNs += ns;
      p.cpuNs += cpuNs;
      boolean was = p.throttled;
      p.spend(ns, now);
      if (p.throttled && !was) {
        throttled.add(p);
        pressure.signal();
      }
      if (p.running == 0 && !p.isReady()) {
        p.busyPeriods++;
      }
      place(p);
    }
    holds.remove(hold);
    hold.leaf = null;
    if (hold.overdue) {
      overdue--;
    }
  }

  private static void placePath(Share leaf) {
    for (Share p = leaf; p != null; p = p.parent) {
      place(p);
    }
  }

  /** Puts a share where it belongs among its siblings, or takes it away from there. */
  private static void place(Share s) {
    Share parent = s.parent;
    if (parent == null) {
      return;
    }
    boolean active = s.running > 0 || s.isReady();
    boolean worked = s.active;
    if (active != worked) {
      s.active = active;
      parent.children.activate(s, active);
    }
    boolean wanted = s.mayBegin();
    if (wanted && s.place >= 0) {
      ReadyShares.moved(s);
    } else if (wanted) {
      parent.children.add(s, worked);
    } else if (s.place >= 0) {
      parent.children.remove(s);
    }
  }

  // ---- Long steps and throttled shares

  private void watch() {
    lock.lock();
    try {
      while (!closed || root.isReady()) {
        long now = System.nanoTime();
        long waitNs = endThrottling(now);
        if (root.isReady() && !hasPlace()) {
          waitNs = Math.min(waitNs, replaceOverdue(now));
        }
        if (waitNs == Long.MAX_VALUE) {
          pressure.await();
        } else {
          pressure.awaitNanos(Math.max(waitNs, LOOK_AGAIN_NS));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private long endThrottling(long now) {
    for (Share s = throttled.peek(); s != null; s = throttled.peek()) {
      if (s.throttledUntilNs > now) {
        return s.throttledUntilNs - now;
      }
      throttled.remove();
      s.throttled = false;
      placePath(s);
      dispatch();
    }
    return Long.MAX_VALUE;
  }

  /** Answers when to look again. */
  private long replaceOverdue(long now) {
    Share next = firstLeaf();
    long soonest = quantumNs;
    for (int i = 0; i < holds.size() && overdue < places * OVERDUE_PER_PLACE; i++) {
      Hold h = holds.get(i);
      long age = now - h.startNs;
      if (h.overdue || h.leaf == null) {
        continue;
      }
      if (!h.isOver(age, quantumNs, h.leaf.parent != next.parent)) {
        soonest = Math.min(soonest, Math.max(quantumNs / 4, quantumNs - age));
        continue;
      }
      h.overdue = true;
      overdue++;
      ensureWorker();
      dispatch();
      return LOOK_AGAIN_NS;
    }
    return soonest;
  }

  /** Ends the threads when there is no more work. */
  @Override
  public void close() {
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
