package io.longhouse.engine.table;

import io.longhouse.column.Block;

/** One INSERT's way into a table. Used by one thread at a time. */
public interface TableWriter {
  /** Takes a block with all stored columns of the table, in the table's order. */
  void write(Block block);

  /** Makes what was written visible and durable. */
  void finish();

  /** Leaves nothing behind. */
  default void abort() {}
}
