package io.longhouse.function.scalar.hash;

import io.longhouse.column.hash.ColumnHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The first half of MD5. */
final class HalfMd5 extends ColumnHash {
  HalfMd5() {
    super(64);
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long half(MessageDigest md5, byte[] b, int from, int length) {
    md5.update(b, from, length);
    byte[] d = md5.digest();
    long h = 0;
    for (int i = 0; i < 8; i++) {
      h = h << 8 | d[i] & 0xFF;
    }
    return h;
  }

  @Override
  protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
    MessageDigest md5 = digest("MD5");
    for (int i = 0; i < rows; i++) {
      out[i] = half(md5, bytes, offsets[i], offsets[i + 1] - offsets[i]);
    }
  }

  @Override
  protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
    MessageDigest md5 = digest("MD5");
    byte[] pair = new byte[16];
    for (int i = 0; i < count; i++) {
      int r = rows == null ? i : rows[i];
      for (int k = 0; k < 8; k++) {
        pair[k] = (byte) (hashes[r] >>> 8 * k);
        pair[8 + k] = (byte) (more[i] >>> 8 * k);
      }
      hashes[r] = half(md5, pair, 0, 16);
    }
  }
}
