package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Setting;
import java.util.ArrayList;
import java.util.List;

/** {@code name = value, ...} of SET and SETTINGS. */
final class Settings {
  private Settings() {}

  static List<Setting> list(Cursor c) {
    var list = new ArrayList<Setting>();
    do {
      list.add(setting(c));
    } while (c.accept(TokenKind.COMMA));
    return List.copyOf(list);
  }

  static Setting setting(Cursor c) {
    var name = new StringBuilder(Names.identifier(c));
    while (c.accept(TokenKind.DOT)) {
      name.append('.').append(Names.identifier(c));
    }
    if (!c.accept(TokenKind.EQUALS)) {
      c.couldBe("=");
      if (c.atEnd() || c.kind() == TokenKind.COMMA || c.kind() == TokenKind.CLOSE_ROUND) {
        return new Setting(name.toString(), Literal.TRUE);
      }
      throw c.fail("=");
    }
    if (c.accept("DEFAULT")) {
      return new Setting(name.toString(), null);
    }
    return new Setting(name.toString(), value(c));
  }

  /** What may be the value of a setting. */
  static Expression value(Cursor c) {
    if (c.kind() == TokenKind.OPEN_CURLY) {
      return c.kind(1) == TokenKind.WORD ? Names.parameter(c) : map(c);
    }
    if (c.kind() == TokenKind.WORD && c.kind(1) == TokenKind.OPEN_ROUND) {
      return functionOf(c);
    }
    if (c.kind() == TokenKind.OPEN_SQUARE || c.kind() == TokenKind.OPEN_ROUND) {
      return collection(c);
    }
    return Literals.parse(c);
  }

  /** {@code disk(type = s3, path = '...')}. */
  private static FunctionCall functionOf(Cursor c) {
    String name = Names.identifier(c);
    c.expect(TokenKind.OPEN_ROUND);
    return FunctionCall.call(name, Functions.arguments(c));
  }

  private static Literal collection(Cursor c) {
    c.enter();
    boolean array = c.kind() == TokenKind.OPEN_SQUARE;
    TokenKind close = array ? TokenKind.CLOSE_SQUARE : TokenKind.CLOSE_ROUND;
    c.advance();
    var elements = new ArrayList<Literal>();
    while (!c.at(close)) {
      elements.add(element(c));
      if (!c.accept(TokenKind.COMMA)) {
        break;
      }
    }
    c.expect(close);
    c.leave();
    return array ? new Literal.ArrayLiteral(elements) : new Literal.TupleLiteral(elements);
  }

  private static Literal element(Cursor c) {
    return switch (c.kind()) {
      case OPEN_SQUARE, OPEN_ROUND -> collection(c);
      case OPEN_CURLY -> map(c);
      default -> Literals.parse(c);
    };
  }

  /** {@code {'a': 1}}. */
  static Literal.MapLiteral map(Cursor c) {
    c.enter();
    c.expect(TokenKind.OPEN_CURLY);
    var entries = new ArrayList<Literal.MapLiteral.Entry>();
    while (!c.at(TokenKind.CLOSE_CURLY)) {
      Literal key = Literal.of(Literals.string(c));
      if (!c.accept(TokenKind.COLON)) {
        throw c.fail("Colon");
      }
      entries.add(new Literal.MapLiteral.Entry(key, Literal.of(Literals.string(c))));
      if (!c.accept(TokenKind.COMMA)) {
        break;
      }
    }
    c.expect(TokenKind.CLOSE_CURLY);
    c.leave();
    return new Literal.MapLiteral(entries);
  }
}
