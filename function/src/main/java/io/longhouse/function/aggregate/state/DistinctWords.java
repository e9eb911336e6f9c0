package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteWriter;

/**
 * Many different words, of one width, in open addressing with steps of one, at most half full.
 * Cells are in the order of the top bits of a hash, so that a table grows, and merges into another
 * one, from one end to the other.
 */
sealed interface DistinctWords permits DistinctInts, DistinctLongs {
  int FIRST_DEGREE = 18;

  /** Words looked up together. */
  int BATCH = 1024;

  int size();

  long bytes();

  /**
   * Makes room for so many more words. Needed before words come in the order of another table's
   * cells: in a table that is to grow for them they would all crowd at its beginning.
   */
  void reserve(int count);

  void add(long word);

  /** Adds words {@code [from, to)}. */
  void addAll(long[] words, int from, int to);

  /** Adds the words of another table of the same width. */
  void addAll(DistinctWords other);

  /** Writes the words, little-endian, without their number. */
  void write(ByteWriter out);
}
