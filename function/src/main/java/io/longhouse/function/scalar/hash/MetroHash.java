package io.longhouse.function.scalar.hash;

import static java.lang.Long.rotateRight;

import io.longhouse.column.hash.CityHash;
import io.longhouse.column.hash.ColumnHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** MetroHash64, variant 1, with seed 0. */
final class MetroHash extends ColumnHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long K0 = 0xC83A91E1L;
  private static final long K1 = 0x8648DBDBL;
  private static final long K2 = 0x7BDEC03BL;
  private static final long K3 = 0x2F5870A5L;

  MetroHash() {
    super(64);
  }

  @Override
  protected boolean hashesNumbersAsIntegers() {
    return true;
  }

  @Override
  protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
    for (int i = 0; i < rows; i++) {
      out[i] = hash(bytes, offsets[i], offsets[i + 1] - offsets[i]);
    }
  }

  @Override
  protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
    for (int i = 0; i < count; i++) {
      int r = rows == null ? i : rows[i];
      hashes[r] = CityHash.combine(hashes[r], more[i]);
    }
  }

  private static long word(byte[] b, int at) {
    return (long) LONG.get(b, at);
  }

  private static long hash(byte[] b, int from, int length) {
    int at = from;
    int end = from + length;
    long h = K2 * K0 + length;
    if (length >= 32) {
      long v0 = h;
      long v1 = h;
      long v2 = h;
      long v3 = h;
      do {
        v0 = rotateRight(v0 + word(b, at) * K0, 29) + v2;
        v1 = rotateRight(v1 + word(b, at + 8) * K1, 29) + v3;
        v2 = rotateRight(v2 + word(b, at + 16) * K2, 29) + v0;
        v3 = rotateRight(v3 + word(b, at + 24) * K3, 29) + v1;
        at += 32;
      } while (at <= end - 32);
      v2 ^= rotateRight((v0 + v3) * K0 + v1, 33) * K1;
      v3 ^= rotateRight((v1 + v2) * K1 + v0, 33) * K0;
      v0 ^= rotateRight((v0 + v2) * K0 + v3, 33) * K1;
      v1 ^= rotateRight((v1 + v3) * K1 + v2, 33) * K0;
      h += v0 ^ v1;
    }
    if (end - at >= 16) {
      long v0 = rotateRight(h + word(b, at) * K0, 33) * K1;
      long v1 = rotateRight(h + word(b, at + 8) * K1, 33) * K2;
      at += 16;
      v0 ^= rotateRight(v0 * K0, 35) + v1;
      v1 ^= rotateRight(v1 * K3, 35) + v0;
      h += v1;
    }
    if (end - at >= 8) {
      h += word(b, at) * K3;
      h ^= rotateRight(h, 33) * K1;
      at += 8;
    }
    if (end - at >= 4) {
      h += ((int) INT.get(b, at) & 0xFFFFFFFFL) * K3;
      h ^= rotateRight(h, 15) * K1;
      at += 4;
    }
    if (end - at >= 2) {
      h += ((short) SHORT.get(b, at) & 0xFFFFL) * K3;
      h ^= rotateRight(h, 13) * K1;
      at += 2;
    }
    if (end - at >= 1) {
      h += (b[at] & 0xFFL) * K3;
      h ^= rotateRight(h, 25) * K1;
    }
    h ^= rotateRight(h, 33);
    h *= K0;
    return h ^ rotateRight(h, 33);
  }
}
