package io.longhouse.function.scalar.string;

/** UTF-8 as ClickHouse's functions see it: the first byte of a character says how long it is. */
public final class Utf8 {
  private Utf8() {}

  /** Bytes of the character that begins with {@code b}; 1 for a byte that begins none. */
  public static int sequenceLength(byte b) {
    int u = b & 0xFF;
    return u < 0xC0 ? 1 : u < 0xE0 ? 2 : u < 0xF0 ? 3 : u < 0xF8 ? 4 : 1;
  }

  /** Characters in a range: bytes that do not continue one. */
  public static int count(byte[] b, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      n += (b[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return n;
  }

  /** The place behind {@code characters} characters, at most {@code to}. */
  public static int skip(byte[] b, int from, int to, long characters) {
    int at = from;
    for (long i = 0; i < characters && at < to; i++) {
      at = Math.min(to, at + sequenceLength(b[at]));
    }
    return at;
  }

  /** Whether all bytes are ASCII. */
  public static boolean isAscii(byte[] b, int from, int to) {
    int any = 0;
    for (int i = from; i < to; i++) {
      any |= b[i];
    }
    return any >= 0;
  }

  /** The length of the valid sequence at {@code i}, or 0. */
  public static int validLength(byte[] b, int i, int end) {
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
      case 0xE0 -> second < 0xA0 ? 0 : 3;
      case 0xED -> second > 0x9F ? 0 : 3;
      case 0xF0 -> second < 0x90 ? 0 : 4;
      case 0xF4 -> second > 0x8F ? 0 : 4;
      default -> size;
    };
  }

  /** The character of a valid sequence of {@code size} bytes. */
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
