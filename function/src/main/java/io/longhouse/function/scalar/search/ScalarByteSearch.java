package io.longhouse.function.scalar.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight places at once with 64-bit arithmetic. */
final class ScalarByteSearch extends ByteSearch {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final int last;
  private final long firstBytes;
  private final long lastBytes;
  private final long firstMasks;
  private final long lastMasks;

  ScalarByteSearch(byte[] needle, byte[] masks) {
    super(needle, masks);
    last = needle.length - 1;
    firstBytes = (needle[0] & 0xFF) * ONES;
    lastBytes = (needle[last] & 0xFF) * ONES;
    firstMasks = masks[0] * ONES;
    lastMasks = masks[last] * ONES;
  }

  @Override
  public int find(byte[] bytes, int from, int to) {
    int limit = to - last;
    int i = from;
    for (; i + 8 <= limit; i += 8) {
      long x = ((long) LONG.get(bytes, i) | firstMasks) ^ firstBytes;
      long y = ((long) LONG.get(bytes, i + last) | lastMasks) ^ lastBytes;
      long both = x | y;
      // A byte that is zero here is a place where both bytes match; others may be marked too.
      long zeros = both - ONES & ~both & HIGHS;
      while (zeros != 0) {
        int at = i + (Long.numberOfTrailingZeros(zeros) >>> 3);
        if (matches(bytes, at)) {
          return at;
        }
        zeros &= zeros - 1;
      }
    }
    for (; i < limit; i++) {
      if (matches(bytes, i)) {
        return i;
      }
    }
    return -1;
  }
}
