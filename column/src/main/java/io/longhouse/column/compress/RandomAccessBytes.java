package io.longhouse.column.compress;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Bytes that can be read at any place: a file. Many threads may read at once. */
public interface RandomAccessBytes {
  /** What it is called in messages: the path. */
  String name();

  long size();

  /**
   * Fills {@code target[from, from + length)} with the bytes from {@code position} on.
   *
   * @throws io.longhouse.sql.LonghouseException CANNOT_READ_ALL_DATA (33) when there are fewer
   */
  void read(long position, byte[] target, int from, int length);

  /** All the bytes where they are, if they are in memory outside of the heap; else null. */
  default @Nullable MemorySegment mapped() {
    return null;
  }
}
