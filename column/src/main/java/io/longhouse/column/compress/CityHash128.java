package io.longhouse.column.compress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CityHash128 of version 1.0.2, which ClickHouse froze for its checksums; later versions of
 * CityHash give other values. Results are two words, the low one first.
 */
public final class CityHash128 {
  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;
  private static final long K3 = 0xc949d7c7509e6557L;
  private static final long MUL = 0x9ddfea08eb382d69L;
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private CityHash128() {}

  /** Puts the hash of {@code length} bytes into {@code out[0]} (low) and {@code out[1]} (high). */
  public static void hash(byte[] s, int from, int length, long[] out) {
    if (length >= 16) {
      out[0] = u64(s, from) ^ K3;
      out[1] = u64(s, from + 8);
      hashWithSeed(s, from + 16, length - 16, out);
    } else if (length >= 8) {
      out[0] = u64(s, from) ^ length * K0;
      out[1] = u64(s, from + length - 8) ^ K1;
      hashWithSeed(s, from, 0, out);
    } else {
      out[0] = K0;
      out[1] = K1;
      hashWithSeed(s, from, length, out);
    }
  }

  /** The same of bytes in a segment, which are not copied. */
  public static void hash(MemorySegment s, long from, int length, long[] out) {
    if (length < 16 + 128) {
      hash(s.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE), 0, length, out);
      return;
    }
    var h = new Rounds(u64(s, from) ^ K3, u64(s, from + 8));
    long start = from + 16;
    h.begin(length - 16, u64(s, start), u64(s, start + 8), u64(s, start + 88));
    h.add(s, start, length - 16 & ~127);
    byte[] end = new byte[128];
    MemorySegment.copy(s, ValueLayout.JAVA_BYTE, from + length - 128, end, 0, 128);
    h.finish(end, 128, length - 16 & 127, out);
  }

  /** As {@link #hash}, where {@code seed} holds the seed before and the hash afterwards. */
  public static void hashWithSeed(byte[] s, int from, int length, long[] seed) {
    if (length < 128) {
      murmur(s, from, length, seed);
      return;
    }
    var h = new Rounds(seed[0], seed[1]);
    h.begin(length, u64(s, from), u64(s, from + 8), u64(s, from + 88));
    h.add(s, from, length & ~127);
    h.finish(s, from + length, length & 127, seed);
  }

  /** What is carried on through inputs of 128 bytes or more. */
  private static final class Rounds {
    private long x;
    private long y;
    private long z;
    private long v0;
    private long v1;
    private long w0;
    private long w1;

    Rounds(long seedLow, long seedHigh) {
      x = seedLow;
      y = seedHigh;
    }

    /** Takes the words at 0, 8 and 88 into account. */
    void begin(int length, long at0, long at8, long at88) {
      z = length * K1;
      v0 = rotate(y ^ K1, 49) * K1 + at0;
      v1 = rotate(v0, 42) * K1 + at8;
      w0 = rotate(y + z, 35) * K1 + x;
      w1 = rotate(x + at88, 53) * K1;
    }

    /** Takes {@code length} bytes, a multiple of 64. */
    void add(byte[] s, int from, int length) {
      long x = this.x;
      long y = this.y;
      long z = this.z;
      long v0 = this.v0;
      long v1 = this.v1;
      long w0 = this.w0;
      long w1 = this.w1;
      // One loop that counts in the plainest way: the checks of its places are then made once.
      int end = from + length;
      for (int i = from; i < end; i += 64) {
        x = rotate(x + y + v0 + u64(s, i + 16), 37) * K1;
        y = rotate(y + v1 + u64(s, i + 48), 42) * K1;
        x ^= w1;
        y ^= v0;
        z = rotate(z ^ w0, 33);
        // Two times the "weak hash with seeds" of 32 bytes, written out to keep it in registers.
        long a = v1 * K1 + u64(s, i);
        long b = rotate(x + w0 + a + u64(s, i + 24), 21);
        long c = a;
        a += u64(s, i + 8) + u64(s, i + 16);
        v0 = a + u64(s, i + 24);
        v1 = b + rotate(a, 44) + c;
        a = z + w1 + u64(s, i + 32);
        b = rotate(y + a + u64(s, i + 56), 21);
        c = a;
        a += u64(s, i + 40) + u64(s, i + 48);
        w0 = a + u64(s, i + 56);
        w1 = b + rotate(a, 44) + c;
        long swap = z;
        z = x;
        x = swap;
      }
      this.x = x;
      this.y = y;
      this.z = z;
      this.v0 = v0;
      this.v1 = v1;
      this.w0 = w0;
      this.w1 = w1;
    }

    /** The same; a loop of its own, because one over segments of all kinds would suit none. */
    void add(MemorySegment s, long from, int length) {
      long x = this.x;
      long y = this.y;
      long z = this.z;
      long v0 = this.v0;
      long v1 = this.v1;
      long w0 = this.w0;
      long w1 = this.w1;
      // One loop that counts in the plainest way: the checks of its places are then made once.
      long end = from + length;
      for (long i = from; i < end; i += 64) {
        x = rotate(x + y + v0 + u64(s, i + 16), 37) * K1;
        y = rotate(y + v1 + u64(s, i + 48), 42) * K1;
        x ^= w1;
        y ^= v0;
        z = rotate(z ^ w0, 33);
        // Two times the "weak hash with seeds" of 32 bytes, written out to keep it in registers.
        long a = v1 * K1 + u64(s, i);
        long b = rotate(x + w0 + a + u64(s, i + 24), 21);
        long c = a;
        a += u64(s, i + 8) + u64(s, i + 16);
        v0 = a + u64(s, i + 24);
        v1 = b + rotate(a, 44) + c;
        a = z + w1 + u64(s, i + 32);
        b = rotate(y + a + u64(s, i + 56), 21);
        c = a;
        a += u64(s, i + 40) + u64(s, i + 48);
        w0 = a + u64(s, i + 56);
        w1 = b + rotate(a, 44) + c;
        long swap = z;
        z = x;
        x = swap;
      }
      this.x = x;
      this.y = y;
      this.z = z;
      this.v0 = v0;
      this.v1 = v1;
      this.w0 = w0;
      this.w1 = w1;
    }

    /** Takes the last {@code left} bytes before {@code end}; may look at up to 31 before them. */
    void finish(byte[] s, int end, int left, long[] out) {
      y += rotate(w0, 37) * K0 + z;
      x += rotate(v0 + z, 49) * K0;
      for (int tail = 32; tail - 32 < left; tail += 32) {
        int at = end - tail;
        y = rotate(y - x, 42) * K0 + v1;
        w0 += u64(s, at + 16);
        x = rotate(x, 49) * K0 + w0;
        w0 += v0;
        long a = v0 + u64(s, at);
        long b = rotate(v1 + a + u64(s, at + 24), 21);
        long c = a;
        a += u64(s, at + 8) + u64(s, at + 16);
        v0 = a + u64(s, at + 24);
        v1 = b + rotate(a, 44) + c;
      }
      x = fold(x, v0);
      y = fold(y, w0);
      out[0] = fold(x + v1, w1) + y;
      out[1] = fold(x + w1, y + v1);
    }
  }

  private static void murmur(byte[] s, int from, int length, long[] seed) {
    long a = seed[0];
    long b = seed[1];
    long c;
    long d;
    int left = length - 16;
    if (left <= 0) {
      a = shiftMix(a * K1) * K1;
      c = b * K1 + hash0to16(s, from, length);
      d = shiftMix(a + (length >= 8 ? u64(s, from) : c));
    } else {
      c = fold(u64(s, from + length - 8) + K1, a);
      d = fold(b + length, c + u64(s, from + length - 16));
      a += d;
      for (int i = from; left > 0; i += 16, left -= 16) {
        a ^= shiftMix(u64(s, i) * K1) * K1;
        a *= K1;
        b ^= a;
        c ^= shiftMix(u64(s, i + 8) * K1) * K1;
        c *= K1;
        d ^= c;
      }
    }
    a = fold(a, c);
    b = fold(d, b);
    seed[0] = a ^ b;
    seed[1] = fold(b, a);
  }

  private static long hash0to16(byte[] s, int from, int length) {
    if (length > 8) {
      long a = u64(s, from);
      long b = u64(s, from + length - 8);
      return fold(a, Long.rotateRight(b + length, length)) ^ b;
    }
    if (length >= 4) {
      return fold(
          length + ((u32(s, from) & 0xFFFFFFFFL) << 3), u32(s, from + length - 4) & 0xFFFFFFFFL);
    }
    if (length > 0) {
      int y = (s[from] & 0xFF) + ((s[from + (length >> 1)] & 0xFF) << 8);
      int z = length + ((s[from + length - 1] & 0xFF) << 2);
      return shiftMix((y & 0xFFFFFFFFL) * K2 ^ (z & 0xFFFFFFFFL) * K3) * K2;
    }
    return K2;
  }

  private static long fold(long u, long v) {
    long a = (u ^ v) * MUL;
    a ^= a >>> 47;
    long b = (v ^ a) * MUL;
    b ^= b >>> 47;
    return b * MUL;
  }

  private static long shiftMix(long v) {
    return v ^ v >>> 47;
  }

  private static long rotate(long v, int shift) {
    return Long.rotateRight(v, shift);
  }

  private static long u64(byte[] s, int at) {
    return (long) LONG.get(s, at);
  }

  private static long u64(MemorySegment s, long at) {
    return s.get(WORD, at);
  }

  private static int u32(byte[] s, int at) {
    return (int) INT.get(s, at);
  }
}
