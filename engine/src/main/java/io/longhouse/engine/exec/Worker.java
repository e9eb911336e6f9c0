package io.longhouse.engine.exec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the scheduler: does step after step, of whom it is the turn of. In the middle of a
 * step it gives its place up where it waits for something or has had its time, and goes on when the
 * turn of its share comes again.
 *
 * <p>A step runs without the lock of {@link Places}; between two steps, and around what it waits
 * for, the lock is taken and the {@link Hold} settled.
 */
final class Worker extends Thread {
  private final Places places;
  private final Hold hold = new Hold(this, false);

  /** What it is at; null while it is idle, so that nothing of the last query is kept in memory. */
  private Work.@Nullable Steps current;

  Worker(Places places, String name) {
    super(name);
    this.places = places;
    setDaemon(true);
  }

  @Override
  public void run() {
    var outcome = Scheduler.Outcome.DONE;
    while (takeNext(outcome)) {
      outcome = step();
    }
  }

  /**
   * Ends one step and takes the next.
   *
   * @param outcome what the current one came to
   * @return false when the thread is to end
   */
  private boolean takeNext(Scheduler.Outcome outcome) {
    long now = Hold.CPU.getCurrentThreadCpuTime();
    places.lock.lock();
    try {
      if (current != null) {
        if (outcome == Scheduler.Outcome.MORE) {
          hold.leaf().add(current);
        }
        places.settle(hold, now - hold.cpuStartNs);
        current = null;
      }
      hold.cpuStartNs = now;
      current = places.next(hold);
      return current != null;
    } catch (InterruptedException e) {
      return false;
    } finally {
      places.lock.unlock();
    }
  }

  /**
   * A task answers for its own errors; one that could not even do that must not cost the thread.
   */
  private Scheduler.Outcome step() {
    try {
      return Objects.requireNonNull(current).task().step();
    } catch (Throwable e) {
      System.getLogger(Scheduler.class.getName())
          .log(System.Logger.Level.ERROR, "A task of a query broke off", e);
      return Scheduler.Outcome.DONE;
    }
  }

  /** In the middle of a long step: whoever deserves it more goes first. */
  void checkTurn() {
    if (System.nanoTime() - hold.startNs < places.quantumNs / 2) {
      return;
    }
    long now = Hold.CPU.getCurrentThreadCpuTime();
    places.lock.lock();
    try {
      Share leaf = hold.leaf();
      if (!places.tree.isReady() || places.tree.firstLeaf() == leaf || !places.ensureWorker()) {
        return;
      }
      places.settle(hold, now - hold.cpuStartNs);
      comeBack(leaf);
    } finally {
      places.lock.unlock();
    }
  }

  /** Lets others have the place meanwhile. */
  void waitWithoutPlace(Runnable wait) {
    long now = Hold.CPU.getCurrentThreadCpuTime();
    Share leaf;
    places.lock.lock();
    try {
      leaf = hold.leaf();
      if (!places.ensureWorker()) {
        leaf = null;
      } else {
        places.settle(hold, now - hold.cpuStartNs);
        places.dispatch();
      }
    } finally {
      places.lock.unlock();
    }
    try {
      wait.run();
    } finally {
      if (leaf != null) {
        places.lock.lock();
        try {
          comeBack(leaf);
        } finally {
          places.lock.unlock();
        }
      }
    }
  }

  /** Waits, under the lock, until it is the turn of the step that has been interrupted. */
  private void comeBack(Share leaf) {
    var turn = new Work.Turn(hold, places.lock.newCondition());
    places.addFirst(leaf, turn);
    while (!turn.has && !places.isClosed()) {
      turn.granted.awaitUninterruptibly();
    }
    hold.cpuStartNs = Hold.CPU.getCurrentThreadCpuTime();
  }
}
