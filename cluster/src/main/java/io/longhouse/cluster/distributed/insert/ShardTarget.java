package io.longhouse.cluster.distributed.insert;

import io.longhouse.column.Block;

/** One INSERT's way into one place: the table of a shard. Used by one thread at a time. */
interface ShardTarget {
  /** Takes a block of the columns that are sent. */
  void write(Block block);

  /** Says that no rows follow. */
  default void end() {}

  /** Called after {@link #end}; returns when the rows are safe. */
  void finish();

  /** Gives up; rows that a shard has taken already stay there. */
  void abort();
}
