package io.longhouse.function.scalar.hash;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hasher32;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.longhouse.column.hash.CityHash;
import io.longhouse.column.hash.ColumnHash;
import org.jspecify.annotations.Nullable;

/** Hashes that a library computes: xxHash, XXH3 and FarmHash. */
final class XxHash {
  private XxHash() {}

  /** xxHash of 32 bits. */
  static final class Of32 extends Murmur.Combined32 {
    private static final Hasher32 HASHER = Hashing.xxh32();

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        int h = HASHER.hashBytesToInt(bytes, offsets[i], offsets[i + 1] - offsets[i]);
        out[i] = h & 0xFFFFFFFFL;
      }
    }
  }

  /** 64 bits, combined as CityHash combines. */
  static final class Of64 extends ColumnHash {
    private final Hasher64 hasher;
    private final boolean numbersAsIntegers;

    private Of64(Hasher64 hasher, boolean numbersAsIntegers) {
      super(64);
      this.hasher = hasher;
      this.numbersAsIntegers = numbersAsIntegers;
    }

    static Of64 xx64() {
      return new Of64(Hashing.xxh64(), false);
    }

    static Of64 xxh3() {
      return new Of64(Hashing.xxh3_64(), false);
    }

    static Of64 farm() {
      return new Of64(Hashing.farmHashNa(), true);
    }

    @Override
    protected boolean hashesNumbersAsIntegers() {
      return numbersAsIntegers;
    }

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        out[i] = hasher.hashBytesToLong(bytes, offsets[i], offsets[i + 1] - offsets[i]);
      }
    }

    @Override
    protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
      for (int i = 0; i < count; i++) {
        int r = rows == null ? i : rows[i];
        hashes[r] = CityHash.combine(hashes[r], more[i]);
      }
    }
  }

  /** FarmHash's fingerprint, which mixes once more when it combines. */
  static final class Fingerprint extends ColumnHash {
    private static final Hasher64 HASHER = Hashing.farmHashNa();
    private static final long MULTIPLIER = 0x9ddfea08eb382d69L;

    Fingerprint() {
      super(64);
    }

    @Override
    protected boolean hashesNumbersAsIntegers() {
      return true;
    }

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        out[i] = HASHER.hashBytesToLong(bytes, offsets[i], offsets[i + 1] - offsets[i]);
      }
    }

    @Override
    protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
      for (int i = 0; i < count; i++) {
        int r = rows == null ? i : rows[i];
        long a = (hashes[r] ^ more[i]) * MULTIPLIER;
        a ^= a >>> 47;
        long b = (more[i] ^ a) * MULTIPLIER;
        b = (b ^ b >>> 44) * MULTIPLIER;
        hashes[r] = (b ^ b >>> 41) * MULTIPLIER;
      }
    }
  }

  /** XXH3 of 128 bits. */
  static final class Of128 extends ColumnHash {
    private static final Hasher128 HASHER = Hashing.xxh3_128();

    Of128() {
      super(128);
    }

    private static void one(byte[] bytes, int from, int length, long[] out, int at) {
      HashValue128 h = HASHER.hashBytesTo128Bits(bytes, from, length);
      out[at] = h.getLeastSignificantBits();
      out[at + 1] = h.getMostSignificantBits();
    }

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        one(bytes, offsets[i], offsets[i + 1] - offsets[i], out, 2 * i);
      }
    }

    @Override
    protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
      byte[] pair = new byte[32];
      for (int i = 0; i < count; i++) {
        int r = rows == null ? i : rows[i];
        pack(hashes, r, more, i, pair);
        one(pair, 0, 32, hashes, 2 * r);
      }
    }
  }
}
