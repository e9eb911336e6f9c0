package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import org.jspecify.annotations.Nullable;

/** Constants: numbers, strings, NULL, true and false. */
final class Literals {
  private Literals() {}

  /** The literal that is next; null when there is none. */
  static @Nullable Literal tryParse(Cursor c) {
    switch (c.kind()) {
      case NUMBER, MINUS, PLUS -> {
        return tryNumber(c);
      }
      case STRING, HEREDOC -> {
        return Literal.of(string(c));
      }
      case WORD -> {
        return word(c);
      }
      default -> {
        c.couldBe("literal");
        return null;
      }
    }
  }

  static Literal parse(Cursor c) {
    Literal literal = tryParse(c);
    if (literal == null) {
      throw c.fail("literal");
    }
    return literal;
  }

  /** NULL, true, false, inf and nan. */
  static @Nullable Literal word(Cursor c) {
    if (c.accept("NULL")) {
      return Literal.NULL;
    }
    if (c.accept("TRUE")) {
      return Literal.TRUE;
    }
    if (c.accept("FALSE")) {
      return Literal.FALSE;
    }
    NumberLiteral number = Numbers.word(c.tokenText(), false);
    if (number != null) {
      c.advance();
    }
    return number;
  }

  /** A number with its sign; null, with nothing skipped, when there is none. */
  static @Nullable NumberLiteral tryNumber(Cursor c) {
    int mark = c.position();
    boolean negative = c.kind() == TokenKind.MINUS;
    if (negative || c.kind() == TokenKind.PLUS) {
      c.advance();
    }
    NumberLiteral number =
        switch (c.kind()) {
          case NUMBER -> Numbers.parse(c.tokenText(), negative);
          case WORD -> Numbers.word(c.tokenText(), negative);
          default -> null;
        };
    if (number == null) {
      c.couldBe("number");
      c.reset(mark);
    } else {
      c.advance();
    }
    return number;
  }

  static NumberLiteral number(Cursor c) {
    NumberLiteral number = tryNumber(c);
    if (number == null) {
      throw c.fail("number");
    }
    return number;
  }

  /** An integer that is not negative. */
  static long unsigned(Cursor c) {
    if (c.kind() == TokenKind.NUMBER) {
      NumberLiteral number = Numbers.parse(c.tokenText(), false);
      if (number != null && number.isInteger()) {
        c.advance();
        return number.bits();
      }
    }
    throw c.fail("unsigned integer");
  }

  static boolean atString(Cursor c) {
    if (c.kind() == TokenKind.STRING || c.kind() == TokenKind.HEREDOC) {
      return true;
    }
    c.couldBe("string literal");
    return false;
  }

  /** The value of the string that is next. */
  static String string(Cursor c) {
    String value =
        switch (c.kind()) {
          case STRING -> StringDecoder.string(c.tokenText());
          case HEREDOC -> StringDecoder.heredoc(c.tokenText());
          default -> throw c.fail("string literal");
        };
    c.advance();
    return value;
  }
}
