package io.longhouse.sql;

/** Strings and identifiers as SQL text. */
public final class Quoting {
  private Quoting() {}

  /** {@code text} in single quotes with ClickHouse's escapes. */
  public static String string(String text) {
    return quoted(text, '\'');
  }

  /** The name as it is where it is a plain word, else in backticks. */
  public static String identifier(String name) {
    boolean plain = !name.isEmpty() && !Character.isDigit(name.charAt(0));
    for (int i = 0; i < name.length() && plain; i++) {
      char c = name.charAt(i);
      plain = c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
    return plain ? name : quoted(name, '`');
  }

  private static String quoted(String text, char quote) {
    var out = new StringBuilder(text.length() + 2).append(quote);
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
    return out.append(quote).toString();
  }
}
