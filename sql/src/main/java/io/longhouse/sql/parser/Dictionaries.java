package io.longhouse.sql.parser;

import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.KeyValueFunction;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** CREATE DICTIONARY. */
final class Dictionaries {
  private Dictionaries() {}

  static Statement parse(Cursor c, CreateHead start) {
    CreateHead head = Creates.onCluster(c, start);
    List<CreateDictionary.Attribute> attributes = List.of();
    if (c.accept(TokenKind.OPEN_ROUND)) {
      attributes = attributes(c);
      c.expect(TokenKind.CLOSE_ROUND);
    } else if (head.verb() != CreateHead.Verb.ATTACH) {
      throw c.fail("OpeningRoundBracket");
    }
    List<Expression> primaryKey = List.of();
    KeyValueFunction source = null;
    CreateDictionary.Lifetime lifetime = null;
    KeyValueFunction layout = null;
    CreateDictionary.Range range = null;
    List<Setting> settings = List.of();
    while (true) {
      if (primaryKey.isEmpty() && c.accept("PRIMARY KEY")) {
        primaryKey = primaryKey(c);
      } else if (source == null && c.accept("SOURCE")) {
        source = inParentheses(c);
      } else if (lifetime == null && c.accept("LIFETIME")) {
        lifetime = lifetime(c);
      } else if (layout == null && c.accept("LAYOUT")) {
        layout = inParentheses(c);
      } else if (range == null && c.accept("RANGE")) {
        range = range(c);
      } else if (settings.isEmpty() && c.at("SETTINGS") && c.kind(1) == TokenKind.OPEN_ROUND) {
        c.advance();
        c.advance();
        settings = Settings.list(c);
        c.expect(TokenKind.CLOSE_ROUND);
      } else {
        break;
      }
    }
    String comment = c.accept("COMMENT") ? Literals.string(c) : null;
    return new CreateDictionary(
        head, attributes, primaryKey, source, lifetime, layout, range, settings, comment);
  }

  private static List<Expression> primaryKey(Cursor c) {
    List<Expression> keys = Expressions.list(c);
    if (keys.size() == 1) {
      Expression only = keys.getFirst();
      if (only instanceof Parenthesized p) {
        return List.of(p.expression());
      }
      if (only instanceof FunctionCall f && f.name().equals("tuple")) {
        return f.arguments();
      }
    }
    return keys;
  }

  private static List<CreateDictionary.Attribute> attributes(Cursor c) {
    var list = new ArrayList<CreateDictionary.Attribute>();
    do {
      if (c.kind() == TokenKind.CLOSE_ROUND) {
        break;
      }
      list.add(attribute(c));
    } while (c.accept(TokenKind.COMMA));
    return List.copyOf(list);
  }

  private static CreateDictionary.Attribute attribute(Cursor c) {
    String name = Names.identifier(c);
    TypeName type = Types.parse(c);
    Expression defaultValue = null;
    Expression expression = null;
    boolean hierarchical = false;
    boolean bidirectional = false;
    boolean injective = false;
    boolean objectId = false;
    while (true) {
      if (defaultValue == null && c.accept("DEFAULT")) {
        defaultValue = Expressions.parse(c);
      } else if (expression == null && c.accept("EXPRESSION")) {
        expression = Expressions.parse(c);
      } else if (!hierarchical && c.accept("HIERARCHICAL")) {
        hierarchical = true;
      } else if (!bidirectional && c.accept("BIDIRECTIONAL")) {
        bidirectional = true;
      } else if (!injective && c.accept("INJECTIVE")) {
        injective = true;
      } else if (!objectId && c.accept("IS_OBJECT_ID")) {
        objectId = true;
      } else {
        return new CreateDictionary.Attribute(
            name, type, defaultValue, expression, hierarchical, bidirectional, injective, objectId);
      }
    }
  }

  private static CreateDictionary.Lifetime lifetime(Cursor c) {
    c.expect(TokenKind.OPEN_ROUND);
    long min = 0;
    long max = 0;
    if (c.kind() == TokenKind.NUMBER) {
      max = Literals.unsigned(c);
    } else {
      for (int i = 0; i < 2; i++) {
        if (c.accept("MIN")) {
          min = Literals.unsigned(c);
        } else {
          c.expect("MAX");
          max = Literals.unsigned(c);
        }
      }
    }
    c.expect(TokenKind.CLOSE_ROUND);
    return new CreateDictionary.Lifetime(min, max);
  }

  private static CreateDictionary.Range range(Cursor c) {
    c.expect(TokenKind.OPEN_ROUND);
    String min = "";
    String max = "";
    for (int i = 0; i < 2; i++) {
      if (c.accept("MIN")) {
        min = Names.identifier(c);
      } else {
        c.expect("MAX");
        max = Names.identifier(c);
      }
    }
    c.expect(TokenKind.CLOSE_ROUND);
    return new CreateDictionary.Range(min, max);
  }

  private static KeyValueFunction inParentheses(Cursor c) {
    c.expect(TokenKind.OPEN_ROUND);
    String name = Names.identifier(c).toLowerCase(Locale.ROOT);
    List<KeyValueFunction.Pair> pairs = null;
    if (c.accept(TokenKind.OPEN_ROUND)) {
      pairs = pairs(c);
      c.expect(TokenKind.CLOSE_ROUND);
    }
    c.expect(TokenKind.CLOSE_ROUND);
    return new KeyValueFunction(name, pairs);
  }

  private static List<KeyValueFunction.Pair> pairs(Cursor c) {
    c.enter();
    var pairs = new ArrayList<KeyValueFunction.Pair>();
    while (c.kind() != TokenKind.CLOSE_ROUND) {
      String key = Names.identifier(c).toLowerCase(Locale.ROOT);
      if (c.accept(TokenKind.OPEN_ROUND)) {
        pairs.add(new KeyValueFunction.Pair(key, null, pairs(c)));
        c.expect(TokenKind.CLOSE_ROUND);
      } else {
        pairs.add(new KeyValueFunction.Pair(key, value(c), null));
      }
    }
    c.leave();
    return List.copyOf(pairs);
  }

  private static Expression value(Cursor c) {
    if (c.kind() == TokenKind.WORD && c.kind(1) == TokenKind.OPEN_ROUND) {
      return Functions.plain(c);
    }
    Expression literal = Literals.tryParse(c);
    return literal == null ? Identifier.of(Names.identifier(c)) : literal;
  }
}
