package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Insert;

/** Where the inline data of an INSERT within a script end. */
final class InlineData {
  private InlineData() {}

  /** The offset behind the data and the semicolon that ends them. */
  static int end(String text, Insert insert) {
    return "Values".equalsIgnoreCase(insert.format())
        ? endOfValues(text, insert.dataOffset())
        : endOfLines(text, insert.dataOffset());
  }

  /** Behind the first semicolon that is in no string and no parentheses. */
  private static int endOfValues(String text, int offset) {
    var lexer = new Lexer(text, offset, text.length());
    int depth = 0;
    while (true) {
      switch (lexer.next()) {
        case OPEN_ROUND -> depth++;
        case CLOSE_ROUND -> depth--;
        case SEMICOLON -> {
          if (depth <= 0) {
            return lexer.end();
          }
        }
        case END -> {
          return text.length();
        }
        default -> {}
      }
    }
  }

  /** Behind the first empty line. */
  private static int endOfLines(String text, int offset) {
    int at = offset;
    while (at < text.length()) {
      int line = text.indexOf('\n', at);
      if (line < 0) {
        return text.length();
      }
      int next = line + 1;
      if (next < text.length() && text.charAt(next) == '\r') {
        next++;
      }
      if (next >= text.length() || text.charAt(next) == '\n') {
        return Math.min(next + 1, text.length());
      }
      at = line + 1;
    }
    return text.length();
  }
}
