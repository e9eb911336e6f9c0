package io.longhouse.format;

import io.longhouse.column.ByteWriter;

/** Colours of terminals around parts of values. */
final class Highlight {
  static final String BOLD = "\033[1m";
  static final String GRAY = "\033[90m";
  static final String RED = "\033[31;1m";
  static final String RESET = "\033[0m";

  private Highlight() {}

  /** Underlines the digit that ends each group of three of a number of more than three digits. */
  static byte[] digitGroups(byte[] text) {
    int digits = 0;
    while (digits < text.length && isDigitOrSign(text[digits], digits)) {
      digits++;
    }
    int sign = text.length > 0 && text[0] == '-' ? 1 : 0;
    if (digits - sign <= 4) {
      return text;
    }
    var out = new ByteWriter(text.length + 16);
    for (int i = 0; i < text.length; i++) {
      int behind = digits - 1 - i;
      boolean mark = i >= sign && i < digits && behind > 0 && behind % 3 == 0;
      if (mark) {
        out.writeAscii("\033[4m");
      }
      out.writeByte(text[i]);
      if (mark) {
        out.writeAscii(RESET);
      }
    }
    return out.toByteArray();
  }

  private static boolean isDigitOrSign(int c, int at) {
    return c >= '0' && c <= '9' || at == 0 && c == '-';
  }

  /** Gives blanks at the end of a text a background. */
  static byte[] trailingSpaces(byte[] text) {
    int end = text.length;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t')) {
      end--;
    }
    if (end == text.length) {
      return text;
    }
    var out = new ByteWriter(text.length + 16);
    out.writeBytes(text, 0, end);
    out.writeAscii("\033[31;7m");
    out.writeBytes(text, end, text.length - end);
    out.writeAscii(RESET);
    return out.toByteArray();
  }
}
