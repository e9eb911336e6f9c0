package io.longhouse.function.scalar.other;

import io.longhouse.column.hash.SipHash;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.parser.Tokens;
import java.util.List;

/**
 * Queries that differ in nothing but values, comments and blanks are one query: each value becomes
 * {@code ?}, a list of them {@code ?..}, and names that look generated (long, or with several
 * digits) {@code `?`}.
 */
public final class NormalizedQuery {
  private static final int NAME_LENGTH_MIN = 36;
  private static final int DIGITS_MIN = 3;

  private NormalizedQuery() {}

  /** The query with placeholders. */
  public static String text(String query, boolean keepNames) {
    var out = new StringBuilder();
    int values = 0;
    boolean comma = false;
    boolean blank = false;
    int end = 0;
    for (Tokens.Token t : Tokens.of(query)) {
      boolean gap = t.start() > end || t.shade() == Tokens.Shade.COMMENT;
      if (gap && t.shade() != Tokens.Shade.COMMENT || t.shade() == Tokens.Shade.COMMENT) {
        if (values > 0) {
          blank = true;
        } else if (end > 0 && !endsBlank(out)) {
          out.append(' ');
        }
      }
      if (t.shade() == Tokens.Shade.COMMENT) {
        end = t.end();
        continue;
      }
      String word = query.substring(t.start(), t.end());
      end = t.end();
      if (isValue(t)) {
        if (values++ == 0) {
          out.append('?');
        }
        comma = false;
        blank = false;
        continue;
      }
      if (values > 0 && word.equals(",")) {
        comma = true;
        continue;
      }
      if (comma && (word.equals("+") || word.equals("-"))) {
        continue;
      }
      if (!word.equals(",")) {
        out.append(values > 1 ? ".." : "").append(comma ? "," : "").append(blank ? " " : "");
        values = 0;
        comma = false;
        blank = false;
      }
      if (t.shade() == Tokens.Shade.ERROR) {
        return out.toString();
      }
      out.append(isName(query, t) && !keepNames && looksGenerated(word) ? "`?`" : word);
    }
    out.append(values > 1 ? ".." : "").append(comma ? "," : "");
    boolean open = end < query.length() && !query.substring(end).isEmpty();
    if (values > 0 ? blank || open : open && !endsBlank(out)) {
      out.append(' ');
    }
    return out.toString();
  }

  private static boolean endsBlank(StringBuilder out) {
    return !out.isEmpty() && out.charAt(out.length() - 1) == ' ';
  }

  /** The same for all queries with the same {@link #text}, but for blanks. */
  public static long hash(String query, boolean keepNames) {
    var out = new StringBuilder();
    int values = 0;
    boolean comma = false;
    List<Tokens.Token> tokens = Tokens.of(query);
    for (Tokens.Token t : tokens) {
      if (t.shade() == Tokens.Shade.COMMENT) {
        continue;
      }
      String word = query.substring(t.start(), t.end());
      if (isValue(t)) {
        if (values++ == 0) {
          out.append('\0');
        }
        comma = false;
        continue;
      }
      if (word.equals(",")) {
        if (values > 0) {
          comma = true;
          continue;
        }
      } else {
        out.append(values > 1 ? "\0" : "").append(comma ? "," : "");
        values = 0;
        comma = false;
      }
      if (t.shade() == Tokens.Shade.ERROR) {
        break;
      }
      out.append(isName(query, t) && !keepNames && looksGenerated(word) ? "\u0001" : word);
    }
    out.append(values > 1 ? "\0" : "").append(comma ? "," : "");
    byte[] bytes = ByteText.encode(out.toString());
    return SipHash.hash64(bytes, 0, bytes.length);
  }

  private static boolean isValue(Tokens.Token t) {
    return t.shade() == Tokens.Shade.NUMBER || t.shade() == Tokens.Shade.STRING;
  }

  /** A word right before a parenthesis is a function's and stays. */
  private static boolean isName(String query, Tokens.Token t) {
    return t.shade() == Tokens.Shade.QUOTED_NAME
        || t.shade() == Tokens.Shade.WORD
            && (t.end() == query.length() || query.charAt(t.end()) != '(');
  }

  private static boolean looksGenerated(String name) {
    int digits = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
        return true;
      }
    }
    return name.length() >= NAME_LENGTH_MIN || digits >= DIGITS_MIN;
  }
}
