package io.longhouse.column.hash;

import static io.longhouse.column.hash.LittleEndian.int32;
import static io.longhouse.column.hash.LittleEndian.int64;
import static io.longhouse.column.hash.LittleEndian.partial;

/** MurmurHash 2 (32 bits and 64A) and 3 (x86 32 bits, x64 128 bits). */
public final class MurmurHash {
  private static final long M2 = 0xc6a4a7935bd1e995L;
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private MurmurHash() {}

  public static int murmur2of32(byte[] b, int from, int length, int seed) {
    int m = 0x5bd1e995;
    int h = seed ^ length;
    int at = from;
    int left = length;
    for (; left >= 4; left -= 4, at += 4) {
      int k = int32(b, at) * m;
      k ^= k >>> 24;
      h = h * m ^ k * m;
    }
    if (left > 0) {
      h = (h ^ (int) partial(b, at, left)) * m;
    }
    h = (h ^ h >>> 13) * m;
    return h ^ h >>> 15;
  }

  /** The variant 64A. */
  public static long murmur2of64(byte[] b, int from, int length, long seed) {
    long h = seed ^ length * M2;
    int at = from;
    int left = length;
    for (; left >= 8; left -= 8, at += 8) {
      long k = int64(b, at) * M2;
      k = (k ^ k >>> 47) * M2;
      h = (h ^ k) * M2;
    }
    if (left > 0) {
      h = (h ^ partial(b, at, left)) * M2;
    }
    h = (h ^ h >>> 47) * M2;
    return h ^ h >>> 47;
  }

  public static int murmur3of32(byte[] b, int from, int length, int seed) {
    int h = seed;
    int at = from;
    int left = length;
    for (; left >= 4; left -= 4, at += 4) {
      h = Integer.rotateLeft(h ^ scramble(int32(b, at)), 13) * 5 + 0xe6546b64;
    }
    if (left > 0) {
      h ^= scramble((int) partial(b, at, left));
    }
    h ^= length;
    h = (h ^ h >>> 16) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return h ^ h >>> 16;
  }

  private static int scramble(int k) {
    return Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
  }

  /** Writes the 128 bits, the low word first. */
  public static void murmur3of128(byte[] b, int from, int length, int seed, long[] out, int o) {
    long h1 = seed & 0xFFFFFFFFL;
    long h2 = h1;
    int at = from;
    int left = length;
    for (; left >= 16; left -= 16, at += 16) {
      h1 ^= first(int64(b, at));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= second(int64(b, at + 8));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    if (left > 8) {
      h2 ^= second(partial(b, at + 8, left - 8));
    }
    if (left > 0) {
      h1 ^= first(left >= 8 ? int64(b, at) : partial(b, at, left));
    }
    h1 ^= length;
    h2 ^= length;
    h1 += h2;
    h2 += h1;
    h1 = IntHash.mix64(h1);
    h2 = IntHash.mix64(h2);
    h1 += h2;
    out[o] = h1;
    out[o + 1] = h2 + h1;
  }

  private static long first(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long second(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }
}
