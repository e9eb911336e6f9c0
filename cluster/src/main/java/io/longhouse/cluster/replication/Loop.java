package io.longhouse.cluster.replication;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done again and again on a thread of its own: when it is woken, and when as much time
 * has gone by as the last step said. A step that fails is done again after growing pauses.
 *
 * <p>The thread is never interrupted, since a file that it reads would be closed for all.
 */
final class Loop {
  private static final System.Logger LOG = System.getLogger(Loop.class.getName());
  private static final long PAUSE_MS_MIN = 100;
  private static final long PAUSE_MS_MAX = 10_000;
  private static final long END_MS_MAX = 60_000;

  /** One step. */
  interface Step {
    /** Answers for how many milliseconds there is nothing to do unless the loop is woken. */
    long run();
  }

  private final String name;
  private final Step step;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread thread;
  private boolean woken;
  private volatile boolean ended;

  Loop(String name, Step step) {
    this.name = name;
    this.step = step;
  }

  void start() {
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  /** There is something to do. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@link #end} was called. */
  boolean hasEnded() {
    return ended;
  }

  private void run() {
    long failures = 0;
    while (!ended) {
      long waitMs;
      try {
        waitMs = step.run();
        failures = 0;
      } catch (RuntimeException e) {
        if (ended) {
          return;
        }
        LOG.log(System.Logger.Level.WARNING, name + ": " + e.getMessage());
        LOG.log(System.Logger.Level.DEBUG, name, e);
        waitMs = Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN << Math.min(failures, 10));
        failures++;
        // Those who wake it do not know that it rests.
        pause(waitMs);
        waitMs = 0;
      }
      await(waitMs);
    }
  }

  private void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      ended = true;
    }
  }

  private void await(long ms) {
    lock.lock();
    try {
      long leftNs = TimeUnit.MILLISECONDS.toNanos(ms);
      while (!woken && !ended && leftNs > 0) {
        leftNs = changed.awaitNanos(leftNs);
      }
      woken = false;
    } catch (InterruptedException e) {
      ended = true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets it end after the step that is being done, and waits for that. */
  void end() {
    ended = true;
    wake();
    Thread t = thread;
    if (t == null || t == Thread.currentThread()) {
      return;
    }
    try {
      if (!t.join(java.time.Duration.ofMillis(END_MS_MAX))) {
        LOG.log(System.Logger.Level.ERROR, "{0} does not end", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
