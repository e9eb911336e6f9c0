package io.longhouse.storage.part;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Just enough JSON for the small files of a part: objects as maps, arrays as lists, strings, whole
 * numbers as {@code Long}, booleans.
 */
final class JsonText {
  private final String text;
  private final String where;
  private int at;

  private JsonText(String text, String where) {
    this.text = text;
    this.where = where;
  }

  static Map<?, ?> readObject(String text, String where) {
    var json = new JsonText(text, where);
    if (json.value(0) instanceof Map<?, ?> m) {
      return m;
    }
    throw json.wrong();
  }

  static String quoted(String s) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04X", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  private Object value(int depth) {
    space();
    if (at >= text.length() || depth > 100) {
      throw wrong();
    }
    char c = text.charAt(at);
    if (c == '{') {
      return object(depth);
    }
    if (c == '[') {
      return array(depth);
    }
    if (c == '"') {
      return string();
    }
    for (String word : List.of("true", "false")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("true");
      }
    }
    int from = at;
    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Long.parseLong(text, from, at, 10);
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> out = new LinkedHashMap<>();
    at++;
    space();
    while (!accept('}')) {
      space();
      String key = string();
      space();
      expect(':');
      out.put(key, value(depth + 1));
      space();
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    return out;
  }

  private List<Object> array(int depth) {
    List<Object> out = new ArrayList<>();
    at++;
    space();
    while (!accept(']')) {
      out.add(value(depth + 1));
      space();
      if (!accept(',')) {
        expect(']');
        break;
      }
    }
    return out;
  }

  private String string() {
    expect('"');
    var out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
        switch (c) {
          case 'n' -> c = '\n';
          case 't' -> c = '\t';
          case 'r' -> c = '\r';
          case 'b' -> c = '\b';
          case 'f' -> c = '\f';
          case 'u' -> {
            if (at + 4 > text.length()) {
              throw wrong();
            }
            c = (char) Integer.parseInt(text, at, at + 4, 16);
            at += 4;
          }
          default -> {
            // Quotes, slashes and backslashes stand for themselves.
          }
        }
      }
      out.append(c);
    }
    expect('"');
    return out.toString();
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw wrong();
    }
  }

  private LonghouseException wrong() {
    return new LonghouseException(
        ErrorCode.CORRUPTED_DATA, "Cannot read " + where + " as JSON at character " + at);
  }
}
