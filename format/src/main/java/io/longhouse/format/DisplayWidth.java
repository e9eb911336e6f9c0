package io.longhouse.format;

import io.longhouse.sql.Utf8Sequence;

/** How many columns of a terminal text takes. */
final class DisplayWidth {
  private static final int ESC = 0x1B;

  private DisplayWidth() {}

  /**
   * The width of bytes in UTF-8; invalid bytes, control characters and escape sequences take none.
   *
   * @param prefix the column at which the text begins, for tabs
   */
  static int of(byte[] b, int from, int to, int prefix) {
    return walk(b, from, to, prefix, Integer.MAX_VALUE, false);
  }

  /** How many of the bytes fit into {@code limit} columns. */
  static int bytesWithin(byte[] b, int from, int to, int prefix, int limit) {
    return walk(b, from, to, prefix, limit, true);
  }

  private static int walk(byte[] b, int from, int to, int prefix, int limit, boolean wantBytes) {
    int width = 0;
    int i = from;
    while (i < to) {
      int c = b[i];
      int size = 1;
      int step;
      if (c >= 0x20 && c < 0x7F) {
        step = 1;
      } else if (c == '\t') {
        step = 8 - (prefix + width) % 8;
      } else if (c == ESC && i + 1 < to && b[i + 1] == '[') {
        int end = i + 2;
        while (end < to && (b[end] < 0x40 || b[end] > 0x7E)) {
          end++;
        }
        size = Math.min(to, end + 1) - i;
        step = 0;
      } else if (c >= 0) {
        step = 0;
      } else {
        size = Utf8Sequence.length(b, i, to);
        step = size == 0 ? 0 : ofCodePoint(Utf8Sequence.codePoint(b, i, size));
        size = Math.max(1, size);
      }
      if (wantBytes && width + step > limit) {
        return i - from;
      }
      width += step;
      i += size;
    }
    return wantBytes ? to - from : width;
  }

  private static int ofCodePoint(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || type == Character.CONTROL) {
      return 0;
    }
    boolean wide =
        c >= 0x1100
            && (c <= 0x115F
                || c >= 0x2E80 && c <= 0xA4CF && c != 0x303F
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xFE30 && c <= 0xFE6F
                || c >= 0xFF00 && c <= 0xFF60
                || c >= 0xFFE0 && c <= 0xFFE6
                || c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
