package io.longhouse.column.serial;

import io.longhouse.column.ByteWriter;
import org.jspecify.annotations.Nullable;

/** Where a serialization writes to. */
@FunctionalInterface
public interface SubstreamWriters {
  /**
   * The writer of a substream; asked for each substream before each piece of a column, also when
   * nothing is written. Null for a substream that another column has written already.
   */
  @Nullable ByteWriter open(int substream);
}
