package io.longhouse.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script of many statements, cut as ClickHouse's own client does. */
final class GoldenScript {
  /**
   * One statement.
   *
   * @param errors codes or names of which one is expected, none where it has to succeed
   * @param echoed what is printed before its result, null for nothing
   */
  record Statement(String text, List<String> errors, String echoed) {}

  private static final Pattern HEREDOC = Pattern.compile("\\$\\w*\\$");
  private static final Pattern HINT =
      Pattern.compile("\\{\\s*(?:serverError|clientError|error)\\s+([A-Za-z0-9_,\\s]+)\\}");
  private static final Pattern ECHO = Pattern.compile("\\{\\s*(echo|echoOn|echoOff)\\s*\\}");

  private enum Kind {
    QUOTED,
    COMMENT,
    WORD,
    NUMBER,
    SPACE,
    OTHER
  }

  private record Token(Kind kind, int end) {}

  private final String s;

  private GoldenScript(String text) {
    this.s = text;
  }

  static List<Statement> split(String text) {
    return new GoldenScript(text).split();
  }

  private Token token(int i) {
    char c = s.charAt(i);
    if (c == '\'' || c == '"' || c == '`') {
      return new Token(Kind.QUOTED, quoted(i, c));
    }
    if (s.startsWith("--", i) || s.startsWith("#!", i) || s.startsWith("# ", i)) {
      int end = s.indexOf('\n', i);
      return new Token(Kind.COMMENT, end < 0 ? s.length() : end);
    }
    if (s.startsWith("/*", i)) {
      int end = s.indexOf("*/", i + 2);
      return new Token(Kind.COMMENT, end < 0 ? s.length() : end + 2);
    }
    Matcher heredoc = HEREDOC.matcher(s).region(i, s.length());
    if (c == '$' && heredoc.lookingAt()) {
      int end = s.indexOf(heredoc.group(), heredoc.end());
      if (end >= 0) {
        return new Token(Kind.QUOTED, end + heredoc.group().length());
      }
    }
    int j = i + 1;
    if (Character.isLetter(c) || c == '_' || Character.isDigit(c)) {
      while (j < s.length() && (Character.isLetterOrDigit(s.charAt(j)) || s.charAt(j) == '_')) {
        j++;
      }
      return new Token(Character.isDigit(c) ? Kind.NUMBER : Kind.WORD, j);
    }
    return new Token(Character.isWhitespace(c) ? Kind.SPACE : Kind.OTHER, j);
  }

  private int quoted(int i, char quote) {
    int j = i + 1;
    while (j < s.length()) {
      char c = s.charAt(j);
      if (c == '\\') {
        j += 2;
      } else if (c != quote) {
        j++;
      } else if (j + 1 < s.length() && s.charAt(j + 1) == quote) {
        j += 2;
      } else {
        return j + 1;
      }
    }
    return s.length();
  }

  private List<Statement> split() {
    List<Statement> out = new ArrayList<>();
    boolean echo = false;
    int i = 0;
    while (i < s.length()) {
      Token t = token(i);
      if (t.kind == Kind.COMMENT) {
        Matcher m = ECHO.matcher(s).region(i, t.end);
        while (m.find()) {
          echo = !m.group(1).equals("echoOff");
        }
      }
      if (t.kind == Kind.COMMENT || t.kind == Kind.SPACE || s.charAt(i) == ';') {
        i = t.end;
        continue;
      }
      int begin = i;
      int data = insertedData(i);
      int end = data >= 0 ? data : semicolon(i);
      i = Math.min(s.length(), end < s.length() && s.charAt(end) == ';' ? end + 1 : end);
      Trailer trailer = trailer(i);
      List<String> errors = errors(trailer.text);
      if (errors.isEmpty() && data < 0) {
        errors = errors(comments(begin, end));
      }
      out.add(
          new Statement(
              s.substring(begin, end),
              errors,
              echo ? s.substring(begin, trailer.shown).strip() : null));
      i = trailer.end;
    }
    return out;
  }

  private int semicolon(int from) {
    int i = from;
    while (i < s.length() && s.charAt(i) != ';') {
      i = token(i).end;
    }
    return i;
  }

  private String comments(int from, int to) {
    var out = new StringBuilder();
    for (int i = from; i < to; ) {
      Token t = token(i);
      if (t.kind == Kind.COMMENT) {
        out.append(s, i, t.end).append('\n');
      }
      i = t.end;
    }
    return out.toString();
  }

  /** What follows a statement: comments of its line, and lines behind it that are hints alone. */
  private record Trailer(String text, int shown, int end) {}

  private Trailer trailer(int from) {
    var text = new StringBuilder();
    int shown = from;
    int i = from;
    while (i < s.length()) {
      Token t = token(i);
      if (t.kind != Kind.COMMENT && t.kind != Kind.SPACE) {
        break;
      }
      boolean sameLine = text.indexOf("\n") < 0;
      if (t.kind == Kind.COMMENT) {
        String comment = s.substring(i, t.end);
        if (ECHO.matcher(comment).find() || !sameLine && !HINT.matcher(comment).find()) {
          break;
        }
        shown = sameLine ? t.end : shown;
      }
      text.append(s, i, t.end);
      i = t.end;
    }
    return new Trailer(text.toString(), shown, i);
  }

  private static List<String> errors(String text) {
    List<String> last = List.of();
    Matcher m = HINT.matcher(text);
    while (m.find()) {
      List<String> names = new ArrayList<>();
      for (String n : m.group(1).split("[,\\s]+")) {
        if (!n.isEmpty() && !n.equals("0")) {
          names.add(n);
        }
      }
      last = names;
    }
    return last;
  }

  /** Where the rows of an INSERT end that has them in the script; -1 for other statements. */
  private int insertedData(int from) {
    boolean first = true;
    int depth = 0;
    for (int i = from; i < s.length(); ) {
      Token t = token(i);
      if (t.kind == Kind.WORD) {
        String w = s.substring(i, t.end).toUpperCase(Locale.ROOT);
        if (first && !w.equals("INSERT")) {
          return -1;
        }
        first = false;
        if (depth == 0 && (w.equals("SELECT") || w.equals("WITH") || w.equals("WATCH"))) {
          return -1;
        }
        if (depth == 0 && w.equals("VALUES") && !isName(t.end)) {
          return valuesEnd(t.end);
        }
        if (depth == 0 && w.equals("FORMAT")) {
          return formatEnd(t.end);
        }
      } else if (t.kind == Kind.OTHER) {
        char c = s.charAt(i);
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        if (c == ';' && depth <= 0) {
          return -1;
        }
      } else if (first && (t.kind == Kind.QUOTED || t.kind == Kind.NUMBER)) {
        return -1;
      }
      i = t.end;
    }
    return -1;
  }

  private boolean isName(int after) {
    int i = after;
    while (i < s.length() && Character.isWhitespace(s.charAt(i))) {
      i++;
    }
    return i < s.length() && ".,)".indexOf(s.charAt(i)) >= 0;
  }

  private int formatEnd(int after) {
    int i = after;
    while (i < s.length() && Character.isWhitespace(s.charAt(i))) {
      i++;
    }
    int name = i;
    while (i < s.length() && Character.isLetterOrDigit(s.charAt(i))) {
      i++;
    }
    if (s.substring(name, i).equalsIgnoreCase("Values")) {
      return valuesEnd(i);
    }
    while (i < s.length() && " \t\f".indexOf(s.charAt(i)) >= 0) {
      i++;
    }
    if (s.startsWith("\n", i)) {
      i++;
    }
    int end = s.indexOf('\n', i);
    return end < 0 ? s.length() : end;
  }

  private int valuesEnd(int from) {
    int depth = 0;
    char last = 0;
    for (int i = from; i < s.length(); ) {
      char c = s.charAt(i);
      Token t = c == '#' ? new Token(Kind.OTHER, i + 1) : token(i);
      if (t.kind == Kind.OTHER) {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        if (c == ';' && depth <= 0) {
          return i;
        }
      }
      if (c == '\n' && depth <= 0 && last != 0 && !goesOn(i)) {
        return i;
      }
      if (t.kind != Kind.SPACE && t.kind != Kind.COMMENT) {
        last = c;
      }
      i = t.end;
    }
    return s.length();
  }

  private boolean goesOn(int from) {
    int i = from;
    while (i < s.length()) {
      Token t = token(i);
      if (t.kind != Kind.SPACE && t.kind != Kind.COMMENT) {
        return ",(;".indexOf(s.charAt(i)) >= 0;
      }
      i = t.end;
    }
    return false;
  }
}
