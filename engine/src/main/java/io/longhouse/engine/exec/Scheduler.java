package io.longhouse.engine.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of platform threads that share their time among groups of tasks (one group a query)
 * by weight: the group that has had the least time for its weight goes first.
 *
 * <p>Invariants, under {@link #lock}: a task is in its group's ready queue, or being run by one
 * thread, or parked, never two of these. A group is in {@link #groups} exactly while its queue is
 * not empty.
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
  public interface Task {
    Outcome step();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final List<Group> groups = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private long virtualTime;
  private boolean closed;

  public Scheduler(int threadCount, String name) {
    for (int i = 0; i < threadCount; i++) {
      threads.add(Thread.ofPlatform().name(name + "-" + i).daemon(true).start(this::run));
    }
  }

  public int threadCount() {
    return threads.size();
  }

  /** A new group; weight 1 is the usual share. */
  public Group newGroup(double weight) {
    return new Group(weight);
  }

  /** Tasks that share one claim to the threads. */
  public final class Group {
    private final double weight;
    private final ArrayDeque<Task> ready = new ArrayDeque<>();
    private double usedTime;
    private long cpuNs;

    private Group(double weight) {
      this.weight = weight;
    }

    /** Makes a new or parked task ready. */
    public void wakeUp(Task task) {
      lock.lock();
      try {
        if (ready.isEmpty()) {
          usedTime = Math.max(usedTime, virtualTime);
          groups.add(this);
        }
        ready.add(task);
        work.signal();
      } finally {
        lock.unlock();
      }
    }

    /** Time that threads have spent on this group, in nanoseconds of wall time. */
    public long cpuNs() {
      lock.lock();
      try {
        return cpuNs;
      } finally {
        lock.unlock();
      }
    }
  }

  private void run() {
    Group group = null;
    Task task = null;
    long startNs = 0;
    Outcome outcome = Outcome.DONE;
    while (true) {
      lock.lock();
      try {
        if (group != null && task != null) {
          settle(group, task, outcome, System.nanoTime() - startNs);
        }
        group = next();
        if (group == null) {
          return;
        }
        task = group.ready.poll();
        if (group.ready.isEmpty()) {
          groups.remove(group);
        }
      } catch (InterruptedException e) {
        return;
      } finally {
        lock.unlock();
      }
      startNs = System.nanoTime();
      outcome = task == null ? Outcome.DONE : step(task);
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

  private void settle(Group group, Task task, Outcome outcome, long ns) {
    group.usedTime += ns / group.weight;
    group.cpuNs += ns;
    if (outcome == Outcome.MORE) {
      if (group.ready.isEmpty()) {
        groups.add(group);
      }
      group.ready.add(task);
    }
  }

  /** The group to serve next; null when the scheduler is closed. */
  private @Nullable Group next() throws InterruptedException {
    while (groups.isEmpty()) {
      if (closed) {
        return null;
      }
      work.await();
    }
    Group best = groups.getFirst();
    for (Group g : groups) {
      if (g.usedTime < best.usedTime) {
        best = g;
      }
    }
    virtualTime = Math.max(virtualTime, (long) best.usedTime);
    return best;
  }

  /** Ends the threads when there is no more work. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
