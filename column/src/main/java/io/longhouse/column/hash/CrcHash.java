package io.longhouse.column.hash;

/**
 * Hashes of ClickHouse's hash tables that are built of the CRC-32C instruction: without the final
 * inversion, seeded with all ones. They decide in which order a table of numbers or strings is
 * iterated, and so the bytes of some aggregate states.
 */
public final class CrcHash {
  private static final int POLYNOMIAL = 0x82F63B78;
  private static final int[][] TABLES = tables();

  private CrcHash() {}

  private static int[][] tables() {
    int[][] t = new int[8][256];
    for (int i = 0; i < 256; i++) {
      int c = i;
      for (int k = 0; k < 8; k++) {
        c = (c & 1) != 0 ? c >>> 1 ^ POLYNOMIAL : c >>> 1;
      }
      t[0][i] = c;
    }
    for (int i = 0; i < 256; i++) {
      for (int k = 1; k < 8; k++) {
        t[k][i] = t[k - 1][i] >>> 8 ^ t[0][t[k - 1][i] & 0xFF];
      }
    }
    return t;
  }

  /** Continues a CRC over the 8 bytes of a word, the least significant first. */
  public static int update(int crc, long word) {
    int lo = (int) word ^ crc;
    int hi = (int) (word >>> 32);
    return TABLES[7][lo & 0xFF]
        ^ TABLES[6][lo >>> 8 & 0xFF]
        ^ TABLES[5][lo >>> 16 & 0xFF]
        ^ TABLES[4][lo >>> 24]
        ^ TABLES[3][hi & 0xFF]
        ^ TABLES[2][hi >>> 8 & 0xFF]
        ^ TABLES[1][hi >>> 16 & 0xFF]
        ^ TABLES[0][hi >>> 24];
  }

  /** The hash of a word; the upper half is zero. */
  public static long hash(long word) {
    return update(-1, word) & 0xFFFFFFFFL;
  }

  /** The hash of bytes that tables with string keys use; the upper half is zero. */
  public static long hash(byte[] bytes, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (length < 8) {
      return CityHash.hash64(bytes, from, length) & 0xFFFFFFFFL;
    }
    int end = from + length;
    int at = from;
    int crc = -1;
    do {
      crc = update(crc, LittleEndian.int64(bytes, at));
      at += 8;
    } while (at + 8 < end);
    return update(crc, LittleEndian.int64(bytes, end - 8)) & 0xFFFFFFFFL;
  }
}
