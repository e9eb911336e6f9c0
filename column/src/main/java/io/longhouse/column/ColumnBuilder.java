package io.longhouse.column;

/**
 * Grows a column of one full layout (or a dictionary-encoded one). Not for use by two threads.
 * After {@link #build} the builder is empty and may be used again.
 */
public interface ColumnBuilder {
  int size();

  /** Appends one value of a column with the same logical type, in any encoding. */
  void append(Column source, int row);

  /** Appends {@code length} consecutive values. */
  void appendRange(Column source, int from, int length);

  /** Appends {@code count} zero values: 0, empty string, empty array, NULL. */
  void appendDefault(int count);

  /** Drops the values behind the first {@code size}: undoes a row that could not be read. */
  void truncate(int size);

  /** Bytes of heap in use. */
  long retainedBytes();

  Column build();
}
