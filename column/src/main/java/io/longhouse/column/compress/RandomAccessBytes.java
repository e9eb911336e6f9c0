package io.longhouse.column.compress;

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
}
