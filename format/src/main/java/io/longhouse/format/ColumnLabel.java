package io.longhouse.format;

import io.longhouse.column.type.FormatSettings;
import io.longhouse.sql.ByteText;

/** Column names as tables show them: long expressions are cut in the middle. */
final class ColumnLabel {
  private ColumnLabel() {}

  /**
   * The name, cut to the width that settings name or to {@code width} if that is more.
   *
   * @param width what the values of the column need anyway
   */
  static byte[] of(byte[] name, int width, FormatSettings settings) {
    long cutTo = settings.outputFormatPrettyMaxColumnNameWidthCutTo;
    if (cutTo == 0 || isWord(name)) {
      return name;
    }
    int limit = (int) Math.max(width, cutTo);
    int own = DisplayWidth.of(name, 0, name.length, 0);
    if (own <= limit + settings.outputFormatPrettyMaxColumnNameWidthMinCharsToCut) {
      return name;
    }
    int head = limit / 2;
    int tail = limit - head - 1;
    String text = ByteText.decode(name);
    int n = text.length();
    boolean unicode = settings.outputFormatPrettyGridCharset.equals("UTF-8");
    return ByteText.encode(
        text.substring(0, head) + (unicode ? "⋯" : "~") + text.substring(n - tail));
  }

  /** A name that is one word is never cut; expressions are. */
  private static boolean isWord(byte[] name) {
    for (byte b : name) {
      if (b >= 0 && b != '_' && !Character.isLetterOrDigit(b)) {
        return false;
      }
    }
    return true;
  }
}
