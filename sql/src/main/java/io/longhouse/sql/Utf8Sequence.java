package io.longhouse.sql;

/** A character in UTF-8: one to four bytes, not overlong, no surrogate, not beyond Unicode. */
public final class Utf8Sequence {
  private Utf8Sequence() {}

  /** How many bytes the valid sequence at {@code i} has; 0 when there is none. */
  public static int length(byte[] b, int i, int end) {
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
      case 0xE0 -> second < 0xA0 ? 0 : size; // overlong
      case 0xED -> second > 0x9F ? 0 : size; // surrogates
      case 0xF0 -> second < 0x90 ? 0 : size; // overlong
      case 0xF4 -> second > 0x8F ? 0 : size; // beyond Unicode
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
}
