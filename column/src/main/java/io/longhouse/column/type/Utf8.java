package io.longhouse.column.type;

import io.longhouse.column.ByteWriter;

/** UTF-8 on byte arrays. */
public final class Utf8 {
  /** U+FFFD, what stands for bytes that are not UTF-8. */
  static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private Utf8() {}

  /** How many bytes the valid sequence at {@code i} has; 0 when there is none. */
  public static int sequenceLength(byte[] b, int i, int end) {
    int first = b[i] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (size == 0 || i + size > end) {
      return 0;
    }
    for (int k = 1; k < size; k++) {
      if ((b[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = b[i + 1] & 0xFF;
    return switch (first) {
      case 0xE0 -> second < 0xA0 ? 0 : size;
      case 0xED -> second > 0x9F ? 0 : size;
      case 0xF0 -> second < 0x90 ? 0 : size;
      case 0xF4 -> second > 0x8F ? 0 : size;
      default -> size;
    };
  }

  /** The code point of a valid sequence of {@code size} bytes. */
  public static int codePoint(byte[] b, int i, int size) {
    return switch (size) {
      case 1 -> b[i];
      case 2 -> (b[i] & 0x1F) << 6 | b[i + 1] & 0x3F;
      case 3 -> (b[i] & 0x0F) << 12 | (b[i + 1] & 0x3F) << 6 | b[i + 2] & 0x3F;
      default ->
          (b[i] & 0x07) << 18 | (b[i + 1] & 0x3F) << 12 | (b[i + 2] & 0x3F) << 6 | b[i + 3] & 0x3F;
    };
  }

  /** Writes a code point, a lone surrogate too. */
  public static void write(int c, ByteWriter out) {
    if (c < 0x80) {
      out.writeByte(c);
    } else if (c < 0x800) {
      out.writeByte(0xC0 | c >> 6);
      out.writeByte(0x80 | c & 0x3F);
    } else if (c < 0x10000) {
      out.writeByte(0xE0 | c >> 12);
      out.writeByte(0x80 | c >> 6 & 0x3F);
      out.writeByte(0x80 | c & 0x3F);
    } else {
      out.writeByte(0xF0 | c >> 18);
      out.writeByte(0x80 | c >> 12 & 0x3F);
      out.writeByte(0x80 | c >> 6 & 0x3F);
      out.writeByte(0x80 | c & 0x3F);
    }
  }
}
