package io.longhouse.column.hash;

import static io.longhouse.column.hash.LittleEndian.int64;
import static io.longhouse.column.hash.LittleEndian.uint32;
import static java.lang.Long.rotateRight;

/**
 * CityHash of its release 1.0.2, which later releases do not agree with. 64 bits for {@code
 * cityHash64}, 128 bits for the checksums of compressed blocks and parts.
 */
public final class CityHash {
  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;
  private static final long K3 = 0xc949d7c7509e6557L;
  private static final long MULTIPLIER = 0x9ddfea08eb382d69L;

  private CityHash() {}

  /** The hash of {@code length} bytes from {@code from} on. */
  public static long hash64(byte[] bytes, int from, int length) {
    if (length <= 16) {
      return upTo16(bytes, from, length);
    }
    if (length <= 32) {
      return upTo32(bytes, from, length);
    }
    return length <= 64 ? upTo64(bytes, from, length) : over64(bytes, from, length);
  }

  /** One 64-bit hash of two: how hashes of several arguments are combined. */
  public static long combine(long low, long high) {
    long a = shiftMix((low ^ high) * MULTIPLIER);
    long b = shiftMix((high ^ a) * MULTIPLIER);
    return b * MULTIPLIER;
  }

  private static long shiftMix(long v) {
    return v ^ v >>> 47;
  }

  private static long upTo16(byte[] s, int from, int n) {
    if (n > 8) {
      long a = int64(s, from);
      long b = int64(s, from + n - 8);
      return combine(a, rotateRight(b + n, n)) ^ b;
    }
    if (n >= 4) {
      return combine(n + (uint32(s, from) << 3), uint32(s, from + n - 4));
    }
    if (n > 0) {
      int y = (s[from] & 0xFF) + ((s[from + (n >> 1)] & 0xFF) << 8);
      int z = n + ((s[from + n - 1] & 0xFF) << 2);
      return shiftMix(y * K2 ^ z * K3) * K2;
    }
    return K2;
  }

  private static long upTo32(byte[] s, int from, int n) {
    long a = int64(s, from) * K1;
    long b = int64(s, from + 8);
    long c = int64(s, from + n - 8) * K2;
    long d = int64(s, from + n - 16) * K0;
    return combine(
        rotateRight(a - b, 43) + rotateRight(c, 30) + d, a + rotateRight(b ^ K3, 20) - c + n);
  }

  private static long upTo64(byte[] s, int from, int n) {
    long z = int64(s, from + 24);
    long a = int64(s, from) + (n + int64(s, from + n - 16)) * K0;
    long b = rotateRight(a + z, 52);
    long c = rotateRight(a, 37);
    a += int64(s, from + 8);
    c += rotateRight(a, 7);
    a += int64(s, from + 16);
    long vf = a + z;
    long vs = b + rotateRight(a, 31) + c;
    a = int64(s, from + 16) + int64(s, from + n - 32);
    z = int64(s, from + n - 8);
    b = rotateRight(a + z, 52);
    c = rotateRight(a, 37);
    a += int64(s, from + n - 24);
    c += rotateRight(a, 7);
    a += int64(s, from + n - 16);
    long wf = a + z;
    long ws = b + rotateRight(a, 31) + c;
    long r = shiftMix((vf + ws) * K2 + (wf + vs) * K0);
    return shiftMix(r * K0 + vs) * K2;
  }

  /**
   * The second word of a weak hash of 32 bytes; the first is the sum of its words and {@code a}.
   */
  private static long weakSecond(byte[] s, int at, long a, long b) {
    long w = a + int64(s, at);
    long r = rotateRight(b + w + int64(s, at + 24), 21);
    return r + rotateRight(w + int64(s, at + 8) + int64(s, at + 16), 44) + w;
  }

  private static long weakFirst(byte[] s, int at, long a) {
    return a + int64(s, at) + int64(s, at + 8) + int64(s, at + 16) + int64(s, at + 24);
  }

  private static long over64(byte[] s, int from, int n) {
    long x = int64(s, from);
    long y = int64(s, from + n - 16) ^ K1;
    long z = int64(s, from + n - 56) ^ K0;
    long v1 = weakFirst(s, from + n - 64, n);
    long v2 = weakSecond(s, from + n - 64, n, y);
    long w1 = weakFirst(s, from + n - 32, n * K1);
    long w2 = weakSecond(s, from + n - 32, n * K1, K0);
    z += shiftMix(v2) * K1;
    x = rotateRight(z + x, 39) * K1;
    y = rotateRight(y, 33) * K1;
    for (int at = from, end = from + ((n - 1) & ~63); at < end; at += 64) {
      x = rotateRight(x + y + v1 + int64(s, at + 16), 37) * K1 ^ w2;
      y = rotateRight(y + v2 + int64(s, at + 48), 42) * K1 ^ v1;
      z = rotateRight(z ^ w1, 33);
      long a = v2 * K1;
      v2 = weakSecond(s, at, a, x + w1);
      v1 = weakFirst(s, at, a);
      long b = z + w2;
      w2 = weakSecond(s, at + 32, b, y);
      w1 = weakFirst(s, at + 32, b);
      long swap = z;
      z = x;
      x = swap;
    }
    return combine(combine(v1, w1) + shiftMix(y) * K1 + z, combine(v2, w2) + x);
  }

  /** Writes the 128-bit hash to {@code out[at]} (low word) and {@code out[at + 1]}. */
  public static void hash128(byte[] bytes, int from, int length, long[] out, int at) {
    if (length >= 16) {
      seeded128(
          bytes, from + 16, length - 16, int64(bytes, from) ^ K3, int64(bytes, from + 8), out, at);
    } else if (length >= 8) {
      long low = int64(bytes, from) ^ length * K0;
      seeded128(bytes, from, 0, low, int64(bytes, from + length - 8) ^ K1, out, at);
    } else {
      seeded128(bytes, from, length, K0, K1, out, at);
    }
  }

  private static void seeded128(byte[] s, int from, int n, long low, long high, long[] out, int o) {
    if (n < 128) {
      murmur128(s, from, n, low, high, out, o);
      return;
    }
    long x = low;
    long y = high;
    long z = n * K1;
    long v1 = rotateRight(y ^ K1, 49) * K1 + int64(s, from);
    long v2 = rotateRight(v1, 42) * K1 + int64(s, from + 8);
    long w1 = rotateRight(y + z, 35) * K1 + x;
    long w2 = rotateRight(x + int64(s, from + 88), 53) * K1;
    int at = from;
    int left = n;
    do {
      for (int half = 0; half < 2; half++) {
        x = rotateRight(x + y + v1 + int64(s, at + 16), 37) * K1 ^ w2;
        y = rotateRight(y + v2 + int64(s, at + 48), 42) * K1 ^ v1;
        z = rotateRight(z ^ w1, 33);
        long a = v2 * K1;
        v2 = weakSecond(s, at, a, x + w1);
        v1 = weakFirst(s, at, a);
        long b = z + w2;
        w2 = weakSecond(s, at + 32, b, y);
        w1 = weakFirst(s, at + 32, b);
        long swap = z;
        z = x;
        x = swap;
        at += 64;
      }
      left -= 128;
    } while (left >= 128);
    y += rotateRight(w1, 37) * K0 + z;
    x += rotateRight(v1 + z, 49) * K0;
    for (int done = 0; done < left; ) {
      done += 32;
      y = rotateRight(y - x, 42) * K0 + v2;
      w1 += int64(s, at + left - done + 16);
      x = rotateRight(x, 49) * K0 + w1;
      w1 += v1;
      long a = v1;
      v1 = weakFirst(s, at + left - done, a);
      v2 = weakSecond(s, at + left - done, a, v2);
    }
    x = combine(x, v1);
    y = combine(y, w1);
    out[o] = combine(x + v2, w2) + y;
    out[o + 1] = combine(x + w2, y + v2);
  }

  private static void murmur128(byte[] s, int from, int n, long low, long high, long[] out, int o) {
    long a = low;
    long b = high;
    long c;
    long d;
    if (n <= 16) {
      a = shiftMix(a * K1) * K1;
      c = b * K1 + upTo16(s, from, n);
      d = shiftMix(a + (n >= 8 ? int64(s, from) : c));
    } else {
      c = combine(int64(s, from + n - 8) + K1, a);
      d = combine(b + n, c + int64(s, from + n - 16));
      a += d;
      int at = from;
      for (int left = n - 16; left > 0; left -= 16) {
        a = (a ^ shiftMix(int64(s, at) * K1) * K1) * K1;
        b ^= a;
        c = (c ^ shiftMix(int64(s, at + 8) * K1) * K1) * K1;
        d ^= c;
        at += 16;
      }
    }
    a = combine(a, c);
    b = combine(d, b);
    out[o] = a ^ b;
    out[o + 1] = combine(b, a);
  }
}
