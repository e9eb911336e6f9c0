package io.longhouse.engine.exec;

import java.util.concurrent.TimeUnit;

/**
 * Leave for a thread that is not the scheduler's to do work in its stead: it waits for the turn of
 * its share like a task, and has a place of {@link Places} from {@link #take} to {@link #giveBack}.
 *
 * <p>Used by its own thread only; the {@link Work.Turn} is in the share's queue only within {@link
 * #take}, and the place is given back once, under the lock of {@link Places}.
 */
final class Lease {
  /** That of the current thread. */
  static final ScopedValue<Lease> CURRENT = ScopedValue.newInstance();

  private final Places places;
  private final Share leaf;
  private final Thread thread = Thread.currentThread();
  private final Hold hold = new Hold(thread, true);
  private final Work.Turn turn;
  private long cpuStartNs;

  /**
   * @param leaf whose turn it has to be
   */
  Lease(Places places, Share leaf) {
    this.places = places;
    this.leaf = leaf;
    this.turn = new Work.Turn(hold, places.lock.newCondition());
  }

  /**
   * Waits for the turn.
   *
   * @param check called while it waits; may throw what ends the waiting
   */
  void take(Runnable check) {
    places.lock.lock();
    boolean interrupted = false;
    try {
      places.add(leaf, turn);
      while (!turn.has && !places.isClosed()) {
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
      if (!turn.has && leaf.queue().remove(turn)) {
        places.tree.placePath(leaf);
      }
      places.lock.unlock();
      if (interrupted) {
        thread.interrupt();
      }
    }
    cpuStartNs = cpuNs();
  }

  private long cpuNs() {
    return thread.isVirtual() ? System.nanoTime() : Hold.CPU.getCurrentThreadCpuTime();
  }

  void giveBack() {
    long cpu = Math.max(0, cpuNs() - cpuStartNs - (thread.isVirtual() ? hold.uncountedNs : 0));
    places.lock.lock();
    try {
      if (turn.has) {
        turn.has = false;
        places.settle(hold, cpu);
        places.dispatch();
      }
    } finally {
      places.lock.unlock();
    }
  }

  /** Lets others have their turn if it has had its own. */
  void renew() {
    if (System.nanoTime() - hold.startNs > places.quantumNs / 2) {
      giveBack();
      take(() -> {});
    }
  }

  /** Lets others have the place meanwhile. */
  void waitWithoutPlace(Runnable wait) {
    giveBack();
    try {
      wait.run();
    } finally {
      take(() -> {});
    }
  }

  /** Keeps the place meanwhile, without being charged for it. */
  void waitUncounted(Runnable mayWait) {
    long start = System.nanoTime();
    try {
      mayWait.run();
    } finally {
      hold.uncountedNs += System.nanoTime() - start;
    }
  }
}
