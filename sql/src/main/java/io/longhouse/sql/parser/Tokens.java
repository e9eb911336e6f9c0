package io.longhouse.sql.parser;

import java.util.ArrayList;
import java.util.List;

/** A text cut into coloured pieces, for editors. Covers comments; blanks are left out. */
public final class Tokens {
  /** What a piece is to the eye. */
  public enum Shade {
    WORD,
    NUMBER,
    STRING,
    QUOTED_NAME,
    PUNCTUATION,
    COMMENT,
    ERROR
  }

  /** Characters {@code [start, end)} of the text. */
  public record Token(Shade shade, int start, int end) {}

  private Tokens() {}

  /** The pieces in their order. Never fails: what cannot be read is an error's piece. */
  public static List<Token> of(String text) {
    List<Token> out = new ArrayList<>();
    var lexer = new Lexer(text, 0, text.length());
    int at = 0;
    while (true) {
      TokenKind kind = lexer.next();
      comments(text, at, lexer.start(), out);
      if (kind == TokenKind.END) {
        return out;
      }
      out.add(new Token(shade(kind), lexer.start(), lexer.end()));
      if (kind.isError() && lexer.end() >= text.length()) {
        return out;
      }
      at = lexer.end();
    }
  }

  private static Shade shade(TokenKind kind) {
    return switch (kind) {
      case WORD -> Shade.WORD;
      case NUMBER -> Shade.NUMBER;
      case STRING, HEREDOC -> Shade.STRING;
      case QUOTED_IDENTIFIER -> Shade.QUOTED_NAME;
      default -> kind.isError() ? Shade.ERROR : Shade.PUNCTUATION;
    };
  }

  /** What stands between two tokens and is not blank is comments. */
  private static void comments(String text, int from, int to, List<Token> out) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      out.add(new Token(Shade.COMMENT, start, end));
    }
  }
}
