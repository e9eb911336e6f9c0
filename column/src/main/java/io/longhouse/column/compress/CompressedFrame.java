package io.longhouse.column.compress;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/** Writing, checking and decoding of one frame; the layout is in the package's description. */
public final class CompressedFrame {
  public static final int CHECKSUM_BYTES = 16;
  public static final int HEADER_BYTES = 9;

  /** ClickHouse's limit for both sizes: 1 GiB. */
  public static final int SIZE_MAX = 0x40000000;

  private CompressedFrame() {}

  /** The most bytes that {@link #encode} writes. */
  public static int encodedSizeMax(Codec codec, int rawLength) {
    return Math.addExact(CHECKSUM_BYTES + HEADER_BYTES, codec.encodedSizeMax(rawLength));
  }

  /** Writes checksum, header and payload; answers how many bytes. */
  public static int encode(
      Codec codec, byte[] raw, int from, int length, byte[] target, int at, long[] scratch) {
    int size = encodeBlock(codec, raw, from, length, target, at + CHECKSUM_BYTES);
    CityHash128.hash(target, at + CHECKSUM_BYTES, size, scratch);
    Words.set(target, at, 8, scratch[0]);
    Words.set(target, at + 8, 8, scratch[1]);
    return CHECKSUM_BYTES + size;
  }

  /** Writes header and payload; answers how many bytes. */
  static int encodeBlock(Codec codec, byte[] raw, int from, int length, byte[] target, int at) {
    int payload = codec.encode(raw, from, length, target, at + HEADER_BYTES);
    target[at] = (byte) codec.method();
    Words.set(target, at + 1, 4, payload + HEADER_BYTES);
    Words.set(target, at + 5, 4, length);
    return HEADER_BYTES + payload;
  }

  /** Size of header and payload as the header at {@code at} announces it. */
  static int announcedSize(byte[] frame, int at, String where, long offset) {
    int size = (int) Words.get(frame, at + 1, 4);
    if (size < HEADER_BYTES || size > SIZE_MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_SIZE_COMPRESSED,
          "Too large size_compressed_without_checksum: "
              + Integer.toUnsignedString(size)
              + ". Most likely corrupted data"
              + place(where, offset));
    }
    return size;
  }

  static int announcedRawSize(byte[] frame, int at, String where, long offset) {
    int method = frame[at] & 0xFF;
    int size = (int) Words.get(frame, at + 1, 4);
    int raw = (int) Words.get(frame, at + 5, 4);
    try {
      checkRawSize(method, size, raw);
    } catch (LonghouseException e) {
      throw new LonghouseException(e.errorCode(), e.message() + place(where, offset), e);
    }
    return raw;
  }

  /**
   * Refuses raw sizes that the payload cannot hold, before memory is taken for them: a byte of LZ4
   * makes at most 255, and nothing may be larger than {@link #SIZE_MAX}.
   */
  static void checkRawSize(int method, int size, int raw) {
    boolean tooMuch = raw < 0 || raw > SIZE_MAX || method == Lz4Codec.METHOD && raw / 256 > size;
    if (tooMuch) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_SIZE_COMPRESSED,
          "Too large size_decompressed: "
              + Integer.toUnsignedString(raw)
              + " for "
              + size
              + " compressed bytes. Most likely corrupted data");
    }
  }

  /**
   * Compares the checksum at {@code at} with the {@code size} bytes of header and payload behind.
   *
   * @throws LonghouseException CHECKSUM_DOESNT_MATCH (40) naming file and offset
   */
  static void verify(byte[] frame, int at, int size, String where, long offset, long[] scratch) {
    CityHash128.hash(frame, at + CHECKSUM_BYTES, size, scratch);
    compare(Words.get(frame, at, 8), Words.get(frame, at + 8, 8), size, where, offset, scratch);
  }

  /** The same for a frame at {@code offset} of a file in memory, whose head was read already. */
  static void verify(
      byte[] head, MemorySegment file, int size, String where, long offset, long[] scratch) {
    CityHash128.hash(file, offset + CHECKSUM_BYTES, size, scratch);
    compare(Words.get(head, 0, 8), Words.get(head, 8, 8), size, where, offset, scratch);
  }

  private static void compare(
      long low, long high, int size, String where, long offset, long[] scratch) {
    if (low != scratch[0] || high != scratch[1]) {
      throw new LonghouseException(
          ErrorCode.CHECKSUM_DOESNT_MATCH,
          "Checksum doesn't match: corrupted data. Reference: "
              + hex(low, high)
              + ". Actual: "
              + hex(scratch[0], scratch[1])
              + ". Size of compressed block: "
              + size
              + place(where, offset));
    }
  }

  /** Decodes the block whose header stands at {@code at}. */
  static void decode(
      byte[] frame,
      int at,
      int size,
      byte[] target,
      int to,
      int rawLength,
      String where,
      long offset) {
    try {
      Codecs.decoder(frame[at] & 0xFF)
          .decode(frame, at + HEADER_BYTES, size - HEADER_BYTES, target, to, rawLength);
    } catch (IndexOutOfBoundsException | LonghouseException e) {
      throw wrong(e, where, offset);
    }
  }

  /** Decodes the block whose header stands at {@code at} into a segment. */
  static void decode(
      byte[] frame,
      int at,
      int size,
      MemorySegment target,
      long to,
      int rawLength,
      String where,
      long offset) {
    try {
      Codecs.decoder(frame[at] & 0xFF)
          .decode(frame, at + HEADER_BYTES, size - HEADER_BYTES, target, to, rawLength);
    } catch (IndexOutOfBoundsException | LonghouseException e) {
      throw wrong(e, where, offset);
    }
  }

  /** Decodes the block of a frame at {@code offset} of a file in memory. */
  static void decode(
      byte[] head,
      MemorySegment file,
      int size,
      MemorySegment target,
      long to,
      int rawLength,
      String where,
      long offset) {
    try {
      Codecs.decoder(head[CHECKSUM_BYTES] & 0xFF)
          .decode(
              file,
              offset + CHECKSUM_BYTES + HEADER_BYTES,
              size - HEADER_BYTES,
              target,
              to,
              rawLength);
    } catch (IndexOutOfBoundsException | LonghouseException e) {
      throw wrong(e, where, offset);
    }
  }

  private static LonghouseException wrong(RuntimeException e, String where, long offset) {
    return e instanceof LonghouseException l
        ? new LonghouseException(l.errorCode(), l.message() + place(where, offset), l)
        : new LonghouseException(
            ErrorCode.CANNOT_DECOMPRESS,
            "Cannot decompress: a length leads out of the block" + place(where, offset),
            e);
  }

  private static String place(String where, long offset) {
    return ": (while reading from " + where + " at offset " + offset + ")";
  }

  private static String hex(long low, long high) {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
