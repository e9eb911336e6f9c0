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
}
