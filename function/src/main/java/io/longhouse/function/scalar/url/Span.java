package io.longhouse.function.scalar.url;

/** A range of bytes as one long, so that finding one makes no object. */
final class Span {
  static final long EMPTY = 0;

  private Span() {}

  static long of(int from, int to) {
    return (long) from << 32 | to;
  }

  static int from(long span) {
    return (int) (span >>> 32);
  }

  static int to(long span) {
    return (int) span;
  }

  static boolean isEmpty(long span) {
    return from(span) >= to(span);
  }

  /** The first place of {@code c} in the range, or {@code to}. */
  static int find(byte[] b, int from, int to, char c) {
    int i = from;
    while (i < to && b[i] != c) {
      i++;
    }
    return i;
  }

  /** The first place of either in the range, or {@code to}. */
  static int find(byte[] b, int from, int to, char c, char d) {
    int i = from;
    while (i < to && b[i] != c && b[i] != d) {
      i++;
    }
    return i;
  }
}
