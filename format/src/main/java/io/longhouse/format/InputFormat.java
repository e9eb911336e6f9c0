package io.longhouse.format;

import io.longhouse.column.Block;
import org.jspecify.annotations.Nullable;

/** Reads rows from bytes into blocks with the columns of a header. */
public interface InputFormat {
  /**
   * The next rows, or null at the end.
   *
   * @throws io.longhouse.sql.LonghouseException when the input cannot be read; the message names
   *     the row
   */
  @Nullable Block read();

  /** Which values of the last block were not in the input and hold their type's default. */
  MissingValues missing();

  /** Rows that could not be read and were skipped, as settings allow. */
  default long skippedRows() {
    return 0;
  }
}
