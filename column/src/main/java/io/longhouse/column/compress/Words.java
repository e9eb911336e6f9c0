package io.longhouse.column.compress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian words of 1, 2, 4 or 8 bytes in an array, zero-extended. */
final class Words {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  static long get(byte[] s, int at, int width) {
    return switch (width) {
      case 1 -> s[at] & 0xFF;
      case 2 -> (short) SHORT.get(s, at) & 0xFFFF;
      case 4 -> (int) INT.get(s, at) & 0xFFFFFFFFL;
      default -> (long) LONG.get(s, at);
    };
  }

  static void set(byte[] s, int at, int width, long v) {
    switch (width) {
      case 1 -> s[at] = (byte) v;
      case 2 -> SHORT.set(s, at, (short) v);
      case 4 -> INT.set(s, at, (int) v);
      default -> LONG.set(s, at, v);
    }
  }

  /** The low {@code width} bytes read as a signed number. */
  static long signed(long v, int width) {
    int shift = 64 - 8 * width;
    return v << shift >> shift;
  }

  /** Checks a width that a block announces. */
  static int checked(int width, String codec) {
    if (width != 1 && width != 2 && width != 4 && width != 8) {
      throw BlockDecoder.corrupted(codec + " of " + width + " bytes");
    }
    return width;
  }
}
