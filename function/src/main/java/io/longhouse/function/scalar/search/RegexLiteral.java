package io.longhouse.function.scalar.search;

import io.longhouse.sql.ByteText;

/**
 * Finds text that every match of a regular expression contains, looking only at what stands outside
 * of groups; when in doubt there is none.
 */
final class RegexLiteral {
  private static final String SPECIAL = "\\^$.[]|()?*+{}";

  private RegexLiteral() {}

  /** Whether the expression has no operators at all. */
  static boolean isLiteral(String regex) {
    for (int i = 0; i < regex.length(); i++) {
      if (SPECIAL.indexOf(regex.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** The longest such text; empty when there is none. */
  static byte[] required(String regex) {
    if (regex.contains("(?") || hasTopLevelAlternative(regex)) {
      return new byte[0];
    }
    String best = "";
    var run = new StringBuilder();
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      boolean ends = true;
      switch (c) {
        case '(' -> i = behindGroup(regex, i) - 1;
        case '[' -> i = behindClass(regex, i) - 1;
        case '*', '?', '{' -> {
          if (!run.isEmpty()) {
            run.setLength(run.length() - 1);
          }
          if (c == '{') {
            int close = regex.indexOf('}', i);
            i = close < 0 ? regex.length() : close;
          }
        }
        case '\\' -> {
          i++;
          char e = i < regex.length() ? regex.charAt(i) : 'x';
          boolean punctuation = e < 128 && !Character.isLetterOrDigit(e);
          if (punctuation) {
            run.append(e);
            ends = false;
          } else if (e == 'x' || e == 'p' || e == 'P' || e == 'Q') {
            return new byte[0];
          }
        }
        case '.', '^', '$', '+' -> {}
        default -> {
          if (Character.isSurrogate(c)) {
            return new byte[0];
          }
          run.append(c);
          ends = false;
        }
      }
      if (ends) {
        best = run.length() > best.length() ? run.toString() : best;
        run.setLength(0);
      }
    }
    best = run.length() > best.length() ? run.toString() : best;
    return ByteText.encode(best);
  }

  private static boolean hasTopLevelAlternative(String regex) {
    for (int i = 0; i < regex.length(); i++) {
      switch (regex.charAt(i)) {
        case '\\' -> i++;
        case '(' -> i = behindGroup(regex, i) - 1;
        case '[' -> i = behindClass(regex, i) - 1;
        case '|' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static int behindGroup(String regex, int open) {
    int depth = 0;
    for (int i = open; i < regex.length(); i++) {
      switch (regex.charAt(i)) {
        case '\\' -> i++;
        case '[' -> i = behindClass(regex, i) - 1;
        case '(' -> depth++;
        case ')' -> {
          if (--depth == 0) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    return regex.length();
  }

  private static int behindClass(String regex, int open) {
    int i = open + 1;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    if (i < regex.length() && regex.charAt(i) == ']') {
      i++;
    }
    for (; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[' && i + 1 < regex.length() && regex.charAt(i + 1) == ':') {
        int close = regex.indexOf(":]", i);
        i = close < 0 ? i : close + 1;
      } else if (c == ']') {
        return i + 1;
      }
    }
    return regex.length();
  }
}
