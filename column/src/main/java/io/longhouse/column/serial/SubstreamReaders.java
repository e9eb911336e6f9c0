package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;

/** Where a serialization reads from. */
@FunctionalInterface
public interface SubstreamReaders {
  /** The reader of a substream at the place that is to be read next. */
  ByteReader open(int substream);
}
