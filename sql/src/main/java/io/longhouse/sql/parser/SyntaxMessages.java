package io.longhouse.sql.parser;

import io.longhouse.sql.SqlException;
import java.util.Set;

/** The texts of syntax errors, in ClickHouse's words. */
final class SyntaxMessages {
  private static final int CONTEXT_MAX = 160;

  private SyntaxMessages() {}

  static SqlException failed(
      String text, int base, TokenKind kind, int start, int end, Set<String> expected) {
    var out = new StringBuilder();
    appendPosition(
        out, text, base, start, kind == TokenKind.END ? kind.text() : text.substring(start, end));
    out.append(": ").append(context(text, start)).append(". ");
    if (expected.size() == 1) {
      out.append("Expected ").append(expected.iterator().next());
    } else if (!expected.isEmpty()) {
      out.append("Expected one of: ").append(String.join(", ", expected));
    }
    return SqlException.syntax(out.toString());
  }

  static SqlException unmatched(String text, int base, int start) {
    var out = new StringBuilder();
    appendPosition(out, text, base, start, text.substring(start, start + 1));
    out.append(": ").append(context(text, start));
    out.append(". Unmatched parentheses: ").append(text.charAt(start));
    return SqlException.syntax(out.toString());
  }

  static SqlException unrecognized(
      String text, int base, TokenKind kind, int start, int maxQuerySize) {
    var out = new StringBuilder();
    if (kind == TokenKind.TOO_LONG) {
      appendPosition(out, text, base, start, "");
      out.append(": ").append(context(text, start));
      out.append(". Max query size exceeded (can be increased with the `max_query_size` setting, ");
      out.append("now ").append(maxQuerySize).append(')');
      return SqlException.syntax(out.toString());
    }
    appendPosition(out, text, base, start, context(text, start));
    out.append(". ").append(kind.text()).append(": '").append(context(text, start)).append('\'');
    return SqlException.syntax(out.toString());
  }

  private static void appendPosition(
      StringBuilder out, String text, int base, int start, String token) {
    out.append("Syntax error: failed at position ").append(start - base + 1);
    out.append(" (").append(token).append(')');
    int line = 1;
    int lineStart = base;
    for (int i = base; i < start; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    if (line > 1 || text.indexOf('\n', base) >= 0) {
      out.append(" (line ").append(line).append(", col ").append(start - lineStart + 1).append(')');
    }
  }

  private static String context(String text, int start) {
    int end = Math.min(text.length(), start + CONTEXT_MAX);
    return text.substring(start, end) + (end < text.length() ? "..." : "");
  }
}
