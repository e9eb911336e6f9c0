package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import org.jspecify.annotations.Nullable;

/** One thread's share of a stream of blocks. Used by one task at a time. */
public interface Lane {
  /**
   * The next block, null at the end. A block without rows means: ask again, others may go first.
   */
  @Nullable Block next();

  /**
   * Whether the lane never looks again at the columns of a block that it has handed out, nor at
   * what it made on the way to it.
   */
  default boolean keepsNothing() {
    return false;
  }

  /** Gives up files and the like when the lane is not read to its end. */
  default void close() {}
}
