package io.longhouse.function.scalar.hash;

import io.longhouse.column.hash.ColumnHash;
import io.longhouse.column.hash.IntHash;
import io.longhouse.column.hash.MurmurHash;
import org.jspecify.annotations.Nullable;

/** The MurmurHash family over columns. */
final class Murmur {
  private Murmur() {}

  /** 32-bit hashes are combined by mixing the first and xoring the second. */
  abstract static class Combined32 extends ColumnHash {
    Combined32() {
      super(32);
    }

    @Override
    protected final void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
      for (int i = 0; i < count; i++) {
        int r = rows == null ? i : rows[i];
        hashes[r] = IntHash.hash32(hashes[r]) ^ more[i];
      }
    }
  }

  /** 64-bit hashes are combined by mixing the first and xoring the second. */
  abstract static class Combined64 extends ColumnHash {
    Combined64() {
      super(64);
    }

    @Override
    protected final void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
      for (int i = 0; i < count; i++) {
        int r = rows == null ? i : rows[i];
        hashes[r] = IntHash.hash64(hashes[r]) ^ more[i];
      }
    }
  }

  /** MurmurHash2 of 32 bits. */
  static final class Of32 extends Combined32 {
    private final int seed;
    private final int mask;

    Of32(int seed, int mask) {
      this.seed = seed;
      this.mask = mask;
    }

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        int h = MurmurHash.murmur2of32(bytes, offsets[i], offsets[i + 1] - offsets[i], seed);
        out[i] = (h & mask) & 0xFFFFFFFFL;
      }
    }
  }

  /** MurmurHash2 of 64 bits. */
  static final class Of64 extends Combined64 {
    private final long seed;

    Of64(long seed) {
      this.seed = seed;
    }

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        out[i] = MurmurHash.murmur2of64(bytes, offsets[i], offsets[i + 1] - offsets[i], seed);
      }
    }
  }

  /** MurmurHash3 of 32 bits. */
  static final class Third32 extends Combined32 {
    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        int h = MurmurHash.murmur3of32(bytes, offsets[i], offsets[i + 1] - offsets[i], 0);
        out[i] = h & 0xFFFFFFFFL;
      }
    }
  }

  /** MurmurHash3 of 128 bits, its words xored. */
  static final class Third64 extends Combined64 {
    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      long[] words = new long[2];
      for (int i = 0; i < rows; i++) {
        MurmurHash.murmur3of128(bytes, offsets[i], offsets[i + 1] - offsets[i], 0, words, 0);
        out[i] = words[0] ^ words[1];
      }
    }
  }

  /** MurmurHash3 of 128 bits. */
  static final class Third128 extends ColumnHash {
    Third128() {
      super(128);
    }

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        MurmurHash.murmur3of128(bytes, offsets[i], offsets[i + 1] - offsets[i], 0, out, 2 * i);
      }
    }

    @Override
    protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
      byte[] pair = new byte[32];
      for (int i = 0; i < count; i++) {
        int r = rows == null ? i : rows[i];
        pack(hashes, r, more, i, pair);
        MurmurHash.murmur3of128(pair, 0, 32, 0, hashes, 2 * r);
      }
    }
  }
}
