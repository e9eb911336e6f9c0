package io.longhouse.column;

import java.lang.foreign.MemorySegment;

/**
 * Hands out bytes a decoded block at a time: what stands behind a {@link ByteReader} over
 * compressed data. For one thread at a time.
 */
public interface BlockSource {
  /**
   * Decodes the next block, which is then {@code bytes()[from(), from() + length())} until the next
   * call. Answers false at the end of the data.
   */
  boolean next();

  byte[] bytes();

  int from();

  int length();

  /**
   * Decodes whole blocks straight into {@code target} from byte {@code at} on, as long as the next
   * block is not longer than what is still wanted. Answers how many bytes were written, possibly 0.
   */
  long decodeInto(MemorySegment target, long at, long wanted);
}
