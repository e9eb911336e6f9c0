package io.longhouse.sql;

import java.util.Locale;
import java.util.Set;

/** Strings and identifiers as SQL text, with ClickHouse's escapes. */
public final class Quoting {
  /** Names that would be read as something else. */
  private static final Set<String> RESERVED =
      Set.of("ALL", "DISTINCT", "FROM", "NULL", "SELECT", "TABLE", "VALUES");

  private static final int RESERVED_LENGTH_MAX = 8;

  private Quoting() {}

  /** The string in single quotes. */
  public static String string(String text) {
    var out = new StringBuilder(text.length() + 2);
    appendString(out, text);
    return out.toString();
  }

  public static void appendString(StringBuilder out, String text) {
    append(out, text, '\'');
  }

  /** The name as it is where it is a plain word, else in back quotes. */
  public static String identifier(String name) {
    return isPlain(name) ? name : backQuoted(name);
  }

  /** The name in back quotes. */
  public static String backQuoted(String name) {
    var out = new StringBuilder(name.length() + 2);
    append(out, name, '`');
    return out.toString();
  }

  private static boolean isPlain(String name) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return name.length() > RESERVED_LENGTH_MAX || !RESERVED.contains(name.toUpperCase(Locale.ROOT));
  }

  private static void append(StringBuilder out, String text, char quote) {
    out.append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\0' -> out.append("\\0");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c == quote) {
            out.append('\\');
          }
          out.append(c);
        }
      }
    }
    out.append(quote);
  }
}
