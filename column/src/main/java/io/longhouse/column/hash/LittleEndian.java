package io.longhouse.column.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unaligned little-endian loads. */
final class LittleEndian {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static int int32(byte[] b, int at) {
    return (int) INT.get(b, at);
  }

  static long uint32(byte[] b, int at) {
    return (int) INT.get(b, at) & 0xFFFFFFFFL;
  }

  static long int64(byte[] b, int at) {
    return (long) LONG.get(b, at);
  }

  static void putLong(byte[] b, int at, long value) {
    LONG.set(b, at, value);
  }

  /** The last {@code count} (0 to 7) bytes before a word is full, as the low bytes of a word. */
  static long partial(byte[] b, int at, int count) {
    long v = 0;
    for (int i = count - 1; i >= 0; i--) {
      v = v << 8 | b[at + i] & 0xFF;
    }
    return v;
  }
}
