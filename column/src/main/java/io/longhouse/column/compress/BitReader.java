package io.longhouse.column.compress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads bits from bytes, the most significant bit of each first. */
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] source;
  private final long endBit;
  private long bit;

  BitReader(byte[] source, int from, int end) {
    this.source = source;
    this.bit = 8L * from;
    this.endBit = 8L * end;
  }

  boolean atEnd() {
    return bit >= endBit;
  }

  /** The next 5 bits or fewer at the end, zeros behind, without consuming them. */
  int peek5() {
    int i = (int) (bit >>> 3);
    int two = (source[i] & 0xFF) << 8 | (8L * i + 8 < endBit ? source[i + 1] & 0xFF : 0);
    return two >>> 11 - (int) (bit & 7) & 31;
  }

  void skip(int count) {
    bit += count;
  }

  /** The next {@code count} bits, at most 64. */
  long read(int count) {
    if (count == 0) {
      return 0;
    }
    if (bit + count > endBit) {
      throw BlockDecoder.corrupted("bits end too early");
    }
    int i = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    bit += count;
    if (i + 9 <= source.length) {
      long word = (long) LONG.get(source, i) << shift;
      if (shift > 0) {
        word |= (source[i + 8] & 0xFFL) >>> 8 - shift;
      }
      return word >>> 64 - count;
    }
    long v = 0;
    for (long b = bit - count; b < bit; b++) {
      v = v << 1 | source[(int) (b >>> 3)] >>> 7 - (int) (b & 7) & 1;
    }
    return v;
  }
}
