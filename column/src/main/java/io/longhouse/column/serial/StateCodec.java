package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;

/**
 * What a data type of aggregate states knows of its states' bytes: they follow one another without
 * lengths, so only the function can tell where one ends. The layout of such a type is a {@code
 * StringColumn}, each row one state.
 */
public interface StateCodec {
  /** Moves the bytes of one state from {@code in} to {@code out}. */
  void copy(ByteReader in, ByteWriter out);

  /** The bytes of a state to which nothing was added; a row of no bytes stands for it. */
  byte[] emptyState();
}
