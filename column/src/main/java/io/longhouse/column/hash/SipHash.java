package io.longhouse.column.hash;

import static io.longhouse.column.hash.LittleEndian.int64;

/**
 * SipHash-2-4 with a key of two words. An object hashes what is fed to it in pieces, equal to one
 * piece; the static methods hash one run of bytes. The 128 bits that ClickHouse takes from the
 * state are not those of the reference; both are here.
 */
public final class SipHash {
  private long v0;
  private long v1;
  private long v2;
  private long v3;
  private long count;
  private long word;

  public SipHash() {
    this(0, 0);
  }

  public SipHash(long key0, long key1) {
    reset(key0, key1);
  }

  /** Begins anew. */
  public void reset(long key0, long key1) {
    v0 = 0x736f6d6570736575L ^ key0;
    v1 = 0x646f72616e646f6dL ^ key1;
    v2 = 0x6c7967656e657261L ^ key0;
    v3 = 0x7465646279746573L ^ key1;
    count = 0;
    word = 0;
  }

  private void rounds(int n) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3;
    for (int i = 0; i < n; i++) {
      a += b;
      b = Long.rotateLeft(b, 13) ^ a;
      a = Long.rotateLeft(a, 32);
      c += d;
      d = Long.rotateLeft(d, 16) ^ c;
      a += d;
      d = Long.rotateLeft(d, 21) ^ a;
      c += b;
      b = Long.rotateLeft(b, 17) ^ c;
      c = Long.rotateLeft(c, 32);
    }
    v0 = a;
    v1 = b;
    v2 = c;
    v3 = d;
  }

  private void absorb(long w) {
    v3 ^= w;
    rounds(2);
    v0 ^= w;
  }

  public void update(byte b) {
    word |= (b & 0xFFL) << ((count & 7) * 8);
    if ((++count & 7) == 0) {
      absorb(word);
      word = 0;
    }
  }

  public void update(byte[] bytes, int from, int length) {
    int at = from;
    int end = from + length;
    while ((count & 7) != 0 && at < end) {
      update(bytes[at++]);
    }
    for (; at + 8 <= end; at += 8) {
      absorb(int64(bytes, at));
      count += 8;
    }
    while (at < end) {
      update(bytes[at++]);
    }
  }

  /** Feeds the 8 bytes of a little-endian word. */
  public void update(long w) {
    int shift = (int) (count & 7) * 8;
    count += 8;
    if (shift == 0) {
      absorb(w);
    } else {
      absorb(word | w << shift);
      word = w >>> (64 - shift);
    }
  }

  private void finish() {
    absorb(word | count << 56);
    v2 ^= 0xFF;
    rounds(4);
  }

  /** The 64-bit hash; the object must be reset before it is used again. */
  public long get64() {
    finish();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** Writes ClickHouse's 128 bits, low word first; the object must be reset afterwards. */
  public void get128(long[] out, int at) {
    finish();
    out[at] = v0 ^ v1;
    out[at + 1] = v2 ^ v3;
  }

  public static long hash64(byte[] bytes, int from, int length) {
    return hash64(0, 0, bytes, from, length);
  }

  public static long hash64(long key0, long key1, byte[] bytes, int from, int length) {
    var h = new SipHash(key0, key1);
    h.update(bytes, from, length);
    return h.get64();
  }

  /** The hash of 16 bytes given as two little-endian words. */
  public static long hash64(long key0, long key1, long low, long high) {
    var h = new SipHash(key0, key1);
    h.update(low);
    h.update(high);
    return h.get64();
  }

  /** ClickHouse's 128 bits, low word first. */
  public static void hash128(
      long key0, long key1, byte[] bytes, int from, int length, long[] out, int at) {
    var h = new SipHash(key0, key1);
    h.update(bytes, from, length);
    h.get128(out, at);
  }

  /** The 128 bits of SipHash's reference, low word first. */
  public static void hash128Reference(
      long key0, long key1, byte[] bytes, int from, int length, long[] out, int at) {
    var h = new SipHash(key0, key1);
    h.v1 ^= 0xEE;
    h.update(bytes, from, length);
    h.absorb(h.word | h.count << 56);
    h.v2 ^= 0xEE;
    h.rounds(4);
    out[at] = h.v0 ^ h.v1 ^ h.v2 ^ h.v3;
    h.v1 ^= 0xDD;
    h.rounds(4);
    out[at + 1] = h.v0 ^ h.v1 ^ h.v2 ^ h.v3;
  }
}
