package io.longhouse.cluster.ddl;

import java.util.ArrayList;
import java.util.List;

/** Texts as ClickHouse escapes them in nodes of its queues. */
final class DdlText {
  private static final String RAW = "\b\f\n\r\t\0'\\";
  private static final String LETTERS = "bfnrt0'\\";

  private DdlText() {}

  static String escaped(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int at = RAW.indexOf(c);
      if (at >= 0) {
        out.append('\\').append(LETTERS.charAt(at));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  static String unescaped(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        out.append(c);
        continue;
      }
      char letter = text.charAt(++i);
      int at = LETTERS.indexOf(letter);
      out.append(at >= 0 ? RAW.charAt(at) : letter);
    }
    return out.toString();
  }

  /** {@code ['a','b']}. */
  static String list(List<String> texts) {
    return "[" + String.join(",", texts.stream().map(t -> "'" + escaped(t) + "'").toList()) + "]";
  }

  static List<String> list(String text) {
    List<String> out = new ArrayList<>();
    int i = 0;
    while ((i = text.indexOf('\'', i)) >= 0) {
      int end = i + 1;
      while (end < text.length() && text.charAt(end) != '\'') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      if (end >= text.length()) {
        throw new IllegalArgumentException("a list of texts does not end: " + text);
      }
      out.add(unescaped(text.substring(i + 1, end)));
      i = end + 1;
    }
    return out;
  }
}
