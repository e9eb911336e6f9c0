package io.longhouse.format;

import io.longhouse.column.Block;

/**
 * Writes a result: {@link #begin}, any number of blocks, then totals and extremes where the query
 * has them, then {@link #finish}. The caller owns the writer behind it and flushes it.
 */
public interface OutputFormat {
  /** What stands before the first row; called once, also when no row follows. */
  void begin();

  /** Writes the rows of a block whose columns are those of the header. */
  void write(Block block);

  /** Writes the one row of WITH TOTALS. */
  default void totals(Block block) {}

  /** Writes two rows: the minimum and the maximum of each column. */
  default void extremes(Block block) {}

  /** Tells how far the query is; only formats made for it write that down. */
  default void progress(OutputProgress progress) {}

  /** What stands behind the last row. */
  void finish(OutputStatistics statistics);

  /**
   * Ends the result, in place of {@link #finish}, with the error that the query has failed with, so
   * that the whole is still of the format. Answers false, and writes nothing, where the format has
   * no place for that.
   */
  default boolean exception(byte[] message) {
    return false;
  }
}
