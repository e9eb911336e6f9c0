package io.longhouse.engine.tenancy.store;

import io.longhouse.sql.ByteText;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keys of the indices, ordered as unsigned bytes: the serial number of the space (8 bytes, big
 * endian), then what is looked for in it.
 */
final class IndexKey {
  private IndexKey() {}

  static byte[] of(long space, String text) {
    byte[] bytes = ByteText.encode(text);
    return ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(space).put(bytes).array();
  }

  static byte[] of(long space, long serial) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(space).putLong(serial).array();
  }

  static boolean isOf(long space, byte[] key) {
    return ByteBuffer.wrap(key).getLong() == space;
  }

  /** The key that comes behind another one, before all longer ones. */
  static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
