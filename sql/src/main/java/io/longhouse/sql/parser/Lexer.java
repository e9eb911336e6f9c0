package io.longhouse.sql.parser;

/**
 * Cuts text into tokens, one at a time, skipping blanks and comments.
 *
 * <p>Whether {@code .1} is a fraction or the access to an element depends on the token before it.
 */
final class Lexer {
  private final String text;
  private final int limit;
  private int pos;
  private int start;
  private TokenKind last = TokenKind.END;

  /**
   * @param limit where the text ends for the lexer; shorter than the text when the query is too
   *     long
   */
  Lexer(String text, int offset, int limit) {
    this.text = text;
    this.limit = limit;
    this.pos = offset;
  }

  /** Start of the token that {@link #next} gave. */
  int start() {
    return start;
  }

  /** End of the token that {@link #next} gave. */
  int end() {
    return pos;
  }

  /** The next token; END for ever at the end. */
  TokenKind next() {
    TokenKind kind = skipBlanks() ? scan() : TokenKind.ERROR_COMMENT;
    last = kind;
    return kind;
  }

  private char at(int i) {
    return i < limit ? text.charAt(i) : '\0';
  }

  /** False when a comment has no end. */
  private boolean skipBlanks() {
    while (pos < limit) {
      char c = text.charAt(pos);
      if (c <= ' ' && (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == 0x0B)) {
        pos++;
      } else if (c == '-' && at(pos + 1) == '-') {
        skipLine();
      } else if (c == '#' && (at(pos + 1) == ' ' || at(pos + 1) == '!')) {
        skipLine();
      } else if (c == '/' && at(pos + 1) == '*') {
        int end = endOfComment();
        if (end < 0) {
          start = pos;
          pos = limit;
          return false;
        }
        pos = end;
      } else if (c == '/' && at(pos + 1) == '/') {
        skipLine();
      } else if (c >= 0x80 && isUnicodeBlank(c)) {
        pos++;
      } else {
        break;
      }
    }
    start = pos;
    return true;
  }

  /** Behind the comment that begins here, which may have comments within; -1 without an end. */
  private int endOfComment() {
    int depth = 0;
    for (int i = pos; i + 1 < limit; i++) {
      char c = text.charAt(i);
      if (c == '/' && text.charAt(i + 1) == '*') {
        depth++;
        i++;
      } else if (c == '*' && text.charAt(i + 1) == '/') {
        i++;
        if (--depth == 0) {
          return i + 1;
        }
      }
    }
    return -1;
  }

  private static boolean isUnicodeBlank(char c) {
    return c == 0x00A0
        || c == 0xFEFF
        || c == 0x1680
        || c >= 0x2000 && c <= 0x200D
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x2060
        || c == 0x3000
        || c == 0x0085
        || c == 0x180E;
  }

  private void skipLine() {
    int end = text.indexOf('\n', pos);
    pos = end < 0 || end > limit ? limit : end;
  }

  private TokenKind scan() {
    if (pos >= limit) {
      return limit < text.length() ? TokenKind.TOO_LONG : TokenKind.END;
    }
    char c = text.charAt(pos);
    if (isWordStart(c)) {
      return word(c);
    }
    if (isDigit(c)) {
      return number();
    }
    return switch (c) {
      case '\'' -> quoted('\'', TokenKind.STRING, TokenKind.ERROR_SINGLE_QUOTE);
      case '"' -> quoted('"', TokenKind.QUOTED_IDENTIFIER, TokenKind.ERROR_DOUBLE_QUOTE);
      case '`' -> quoted('`', TokenKind.QUOTED_IDENTIFIER, TokenKind.ERROR_BACK_QUOTE);
      case '\u2018' -> curlyQuoted('\u2019', TokenKind.STRING, TokenKind.ERROR_SINGLE_QUOTE);
      case '\u201C' ->
          curlyQuoted('\u201D', TokenKind.QUOTED_IDENTIFIER, TokenKind.ERROR_DOUBLE_QUOTE);
      case '$' -> dollar();
      case '.' -> dot();
      default -> symbol(c);
    };
  }

  private TokenKind symbol(char c) {
    return switch (c) {
      case '(' -> one(TokenKind.OPEN_ROUND);
      case ')' -> one(TokenKind.CLOSE_ROUND);
      case '[' -> one(TokenKind.OPEN_SQUARE);
      case ']' -> one(TokenKind.CLOSE_SQUARE);
      case '{' -> one(TokenKind.OPEN_CURLY);
      case '}' -> one(TokenKind.CLOSE_CURLY);
      case ',' -> one(TokenKind.COMMA);
      case ';' -> one(TokenKind.SEMICOLON);
      case '*' -> one(TokenKind.ASTERISK);
      case '+' -> one(TokenKind.PLUS);
      case '-' -> at(pos + 1) == '>' ? two(TokenKind.ARROW) : one(TokenKind.MINUS);
      case '\u2212' -> one(TokenKind.MINUS);
      case '/' -> one(TokenKind.SLASH);
      case '%' -> one(TokenKind.PERCENT);
      case '=' -> at(pos + 1) == '=' ? two(TokenKind.EQUALS) : one(TokenKind.EQUALS);
      case '!' -> at(pos + 1) == '=' ? two(TokenKind.NOT_EQUALS) : one(TokenKind.ERROR_EXCLAMATION);
      case '<' -> less();
      case '>' -> at(pos + 1) == '=' ? two(TokenKind.GREATER_OR_EQUALS) : one(TokenKind.GREATER);
      case '?' -> one(TokenKind.QUESTION);
      case ':' -> at(pos + 1) == ':' ? two(TokenKind.DOUBLE_COLON) : one(TokenKind.COLON);
      case '^' -> one(TokenKind.CARET);
      case '|' -> at(pos + 1) == '|' ? two(TokenKind.CONCAT) : one(TokenKind.ERROR_PIPE);
      case '@' -> at(pos + 1) == '@' ? two(TokenKind.DOUBLE_AT) : one(TokenKind.AT);
      case '\\' -> at(pos + 1) == 'G' ? two(TokenKind.SEMICOLON) : one(TokenKind.ERROR_UNKNOWN);
      default -> one(TokenKind.ERROR_UNKNOWN);
    };
  }

  private TokenKind one(TokenKind kind) {
    pos++;
    return kind;
  }

  private TokenKind two(TokenKind kind) {
    pos += 2;
    return kind;
  }

  private TokenKind less() {
    if (at(pos + 1) == '=') {
      if (at(pos + 2) == '>') {
        pos += 3;
        return TokenKind.SPACESHIP;
      }
      return two(TokenKind.LESS_OR_EQUALS);
    }
    return at(pos + 1) == '>' ? two(TokenKind.NOT_EQUALS) : one(TokenKind.LESS);
  }

  private TokenKind word(char first) {
    if ((first == 'x' || first == 'X' || first == 'b' || first == 'B') && at(pos + 1) == '\'') {
      int close = text.indexOf('\'', pos + 2);
      if (close < 0 || close >= limit) {
        pos = limit;
        return TokenKind.ERROR_SINGLE_QUOTE;
      }
      pos = close + 1;
      return TokenKind.STRING;
    }
    pos++;
    while (pos < limit && isWordPart(text.charAt(pos))) {
      pos++;
    }
    return TokenKind.WORD;
  }

  private TokenKind dot() {
    boolean access =
        switch (last) {
          case CLOSE_ROUND, CLOSE_SQUARE, WORD, QUOTED_IDENTIFIER, NUMBER, STRING -> true;
          default -> false;
        };
    if (access || !isDigit(at(pos + 1))) {
      return one(TokenKind.DOT);
    }
    pos++;
    skipDigits();
    exponent('e');
    return TokenKind.NUMBER;
  }

  private TokenKind number() {
    int begin = pos;
    if (last == TokenKind.DOT) {
      while (isDigit(at(pos))) {
        pos++;
      }
      return TokenKind.NUMBER;
    }
    boolean hex = false;
    if (at(pos) == '0' && (at(pos + 1) | 0x20) == 'x') {
      hex = true;
      pos += 2;
    } else if (at(pos) == '0' && (at(pos + 1) | 0x20) == 'b') {
      pos += 2;
    }
    while (isDigit(at(pos)) || hex && isHexDigit(at(pos)) || isUnderscoreWithin(begin, hex)) {
      pos++;
    }
    if (at(pos) == '.') {
      pos++;
      while (isDigit(at(pos)) || hex && isHexDigit(at(pos)) || isUnderscoreWithin(begin, hex)) {
        pos++;
      }
    }
    exponent(hex ? 'p' : 'e');
    return pos < limit && isWordPart(text.charAt(pos)) ? wordWithDigits(begin) : TokenKind.NUMBER;
  }

  /** {@code 1a} is a name; {@code 1.5a} is nothing. */
  private TokenKind wordWithDigits(int begin) {
    while (pos < limit && isWordPart(text.charAt(pos))) {
      pos++;
    }
    for (int i = begin; i < pos; i++) {
      if (!isWordPart(text.charAt(i))) {
        return TokenKind.ERROR_NUMBER;
      }
    }
    return TokenKind.WORD;
  }

  private boolean isUnderscoreWithin(int begin, boolean hex) {
    char next = at(pos + 1);
    return at(pos) == '_' && pos > begin && (isDigit(next) || hex && isHexDigit(next));
  }

  private void skipDigits() {
    while (isDigit(at(pos)) || at(pos) == '_' && isDigit(at(pos + 1))) {
      pos++;
    }
  }

  private void exponent(char mark) {
    if ((at(pos) | 0x20) != mark) {
      return;
    }
    int i = pos + 1;
    if (at(i) == '-' || at(i) == '+') {
      i++;
    }
    if (isDigit(at(i))) {
      pos = i;
      skipDigits();
    }
  }

  private TokenKind quoted(char quote, TokenKind kind, TokenKind error) {
    int i = pos + 1;
    while (i < limit) {
      char c = text.charAt(i);
      if (c == quote) {
        if (at(i + 1) != quote) {
          pos = i + 1;
          return kind;
        }
        i += 2;
      } else {
        i += c == '\\' ? 2 : 1;
      }
    }
    pos = limit;
    return limit < text.length() ? TokenKind.TOO_LONG : error;
  }

  private TokenKind curlyQuoted(char close, TokenKind kind, TokenKind error) {
    int end = text.indexOf(close, pos + 1);
    if (end < 0 || end >= limit) {
      pos = limit;
      return error;
    }
    pos = end + 1;
    return kind;
  }

  /** {@code $tag$ ... $tag$}, or a name with a dollar sign. */
  private TokenKind dollar() {
    int tagEnd = pos + 1;
    while (tagEnd < limit && isWordPart(text.charAt(tagEnd)) && text.charAt(tagEnd) != '$') {
      tagEnd++;
    }
    if (at(tagEnd) == '$') {
      String tag = text.substring(pos, tagEnd + 1);
      int close = text.indexOf(tag, tagEnd + 1);
      if (close >= 0 && close + tag.length() <= limit) {
        pos = close + tag.length();
        return TokenKind.HEREDOC;
      }
    }
    if (isWordPart(at(pos + 1)) && pos + 1 < limit) {
      pos++;
      while (pos < limit && isWordPart(text.charAt(pos))) {
        pos++;
      }
      return TokenKind.WORD;
    }
    return one(TokenKind.DOLLAR);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHexDigit(char c) {
    return isDigit(c) || (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
  }

  private static boolean isWordStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || isDigit(c) || c == '$';
  }
}
