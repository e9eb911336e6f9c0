package io.longhouse.format;

/** Finds where input can be cut. */
public interface ChunkSplitter {
  /**
   * The place behind the last row that is whole within {@code [from, to)}, which begins with a row,
   * or {@code from} when no row is.
   */
  int boundary(byte[] bytes, int from, int to);
}
