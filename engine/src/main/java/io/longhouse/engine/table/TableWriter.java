package io.longhouse.engine.table;

import io.longhouse.column.Block;
import org.jspecify.annotations.Nullable;

/** One INSERT's way into a table. Used by one thread at a time. */
public interface TableWriter {
  /**
   * What became of a block.
   *
   * @param token stands for its rows, by which they are known when they come again; null where the
   *     table does not know rows that it has had
   * @param isNew whether the table has not had all of them before
   */
  record Written(@Nullable String token, boolean isNew) {
    public static final Written NEW = new Written(null, true);
  }

  /** Takes a block with all stored columns of the table, in the table's order. */
  void write(Block block);

  /**
   * Takes a block whose rows were made of others'. Equal rows may come of different ones.
   *
   * @param token stands for the rows that they were made of; null when they are to be inserted
   *     whether the table has had such or not
   */
  default void write(Block block, @Nullable String token) {
    write(block);
  }

  /** What became of the last block. */
  default Written written() {
    return Written.NEW;
  }

  /** Makes what was written visible and durable. */
  void finish();

  /** Leaves nothing behind. */
  default void abort() {}
}
