package io.longhouse.function.scalar.datetime;

import io.longhouse.column.ByteWriter;

/** A pattern that moments are written by. */
interface MomentWriter {
  /**
   * @param local seconds of wall-clock time since the epoch
   * @param micros behind the second
   * @param offset of the zone in seconds
   */
  void write(long local, int micros, int offset, ByteWriter out);
}
