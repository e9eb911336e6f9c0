package io.longhouse.engine.exec;

import java.util.concurrent.locks.Condition;

/**
 * What a leaf of the tree of shares has in its queue. Guarded by the lock of {@link Places}: what
 * is in a queue is not being done, and what is being done is in no queue.
 */
sealed interface Work {
  /** Something for a worker to do. */
  record Steps(Scheduler.Task task) implements Work {}

  /** A thread that waits for its turn. */
  final class Turn implements Work {
    final Hold hold;
    final Condition granted;

    /** Whether it has come. */
    boolean has;

    Turn(Hold hold, Condition granted) {
      this.hold = hold;
      this.granted = granted;
    }
  }
}
