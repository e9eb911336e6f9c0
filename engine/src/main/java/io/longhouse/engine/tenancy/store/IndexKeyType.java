package io.longhouse.engine.tenancy.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Bytes in their unsigned order: the length, variable, then the bytes. The library's own type for
 * them has no order in versions of it that a program around us may bring along.
 */
final class IndexKeyType extends BasicDataType<byte[]> {
  static final IndexKeyType INSTANCE = new IndexKeyType();

  private static final int HEADER_BYTES = 24;

  private IndexKeyType() {}

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  @Override
  public int getMemory(byte[] key) {
    return HEADER_BYTES + key.length;
  }

  @Override
  public void write(WriteBuffer out, byte[] key) {
    out.putVarInt(key.length).put(key);
  }

  @Override
  public byte[] read(ByteBuffer in) {
    byte[] key = new byte[DataUtils.readVarInt(in)];
    in.get(key);
    return key;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
