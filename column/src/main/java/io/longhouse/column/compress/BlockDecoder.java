package io.longhouse.column.compress;

import io.longhouse.column.Scratch;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The reading side of a codec; registered under its method byte in two upper-case hexadecimal
 * digits. Blocks say their parameters themselves.
 */
public interface BlockDecoder {
  /**
   * Decodes a payload of {@code length} bytes to exactly {@code rawLength} bytes.
   *
   * @throws LonghouseException CANNOT_DECOMPRESS (271)
   * @throws IndexOutOfBoundsException when a length inside leads out of the arrays
   */
  void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength);

  /** The same into a segment over an array of any primitive type. */
  default void decode(
      byte[] source, int from, int length, MemorySegment target, long at, int rawLength) {
    byte[] raw = new byte[rawLength];
    decode(source, from, length, raw, 0, rawLength);
    MemorySegment.copy(raw, 0, target, ValueLayout.JAVA_BYTE, at, rawLength);
  }

  /** The same from a segment outside of the heap. */
  default void decode(
      MemorySegment source, long from, int length, MemorySegment target, long at, int rawLength) {
    byte[] copy = Scratch.bytes(length);
    MemorySegment.copy(source, ValueLayout.JAVA_BYTE, from, copy, 0, length);
    decode(copy, 0, length, target, at, rawLength);
  }

  /** An error that says what is wrong with a block. */
  static LonghouseException corrupted(String what) {
    return new LonghouseException(ErrorCode.CANNOT_DECOMPRESS, "Cannot decompress: " + what);
  }
}
