package io.longhouse.engine.exec;

import io.longhouse.column.Block;

/** Where a stage's blocks end: shared state, and a {@link Local} for each lane. */
public interface Sink {
  /** One lane's state; used by one task at a time. */
  interface Local {
    void consume(Block block);

    /** The lane has ended. */
    default void finish() {}

    /** Whether a block can be taken now; if not, {@code wakeUp} is called when that has changed. */
    default boolean isReady(Runnable wakeUp) {
      return true;
    }

    /** Whether nothing of a block that was consumed is looked at again. */
    default boolean keepsNothing() {
      return false;
    }

    /** Whether the sink wants no more blocks. */
    default boolean isSatisfied() {
      return false;
    }
  }

  Local newLocal();

  /** All lanes have ended; called once, by one of the tasks. */
  default void finish() {}
}
