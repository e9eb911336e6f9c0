package io.longhouse.column.hash;

/** Mixers of one integer: ClickHouse's {@code intHash64} and {@code intHash32}. */
public final class IntHash {
  private static final long SALT_64 = 0x4CF2D2BAAE6DA887L;
  private static final long SALT_32 = 0x75D9543DE018BF45L;

  private IntHash() {}

  /** What the SQL function {@code intHash64} gives; also the hash of numbers in cityHash64. */
  public static long hash64(long x) {
    return mix64(x ^ SALT_64);
  }

  /** What the SQL function {@code intHash32} gives, in the low 32 bits; the others are zero. */
  public static long hash32(long x) {
    return mix32(x, SALT_32);
  }

  /** The unsalted finalizer, as hash tables and the uniq states use it. */
  public static long mix64(long x) {
    x ^= x >>> 33;
    x *= 0xff51afd7ed558ccdL;
    x ^= x >>> 33;
    x *= 0xc4ceb9fe1a85ec53L;
    return x ^ x >>> 33;
  }

  /** 64 bits mixed down to 32 with a salt; the upper half of the result is zero. */
  public static long mix32(long x, long salt) {
    long k = x ^ salt;
    k = ~k + (k << 18);
    k ^= Long.rotateRight(k, 31);
    k *= 21;
    k ^= Long.rotateRight(k, 11);
    k += k << 6;
    k ^= Long.rotateRight(k, 22);
    return k & 0xFFFFFFFFL;
  }
}
