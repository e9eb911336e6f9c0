package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.QueryParameter;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Identifiers, aliases, names of tables. */
final class Names {
  /** Words that cannot be an alias unless AS is in front. */
  private static final Set<String> NO_ALIAS =
      Set.of(
          "ALL",
          "AND",
          "ANTI",
          "ANY",
          "ARRAY",
          "AS",
          "ASOF",
          "BETWEEN",
          "CROSS",
          "DIV",
          "ELSE",
          "EXCEPT",
          "FINAL",
          "FORMAT",
          "FROM",
          "FULL",
          "GLOBAL",
          "GROUP",
          "HAVING",
          "ILIKE",
          "IN",
          "INNER",
          "INTERSECT",
          "INTO",
          "JOIN",
          "LEFT",
          "LIKE",
          "LIMIT",
          "MOD",
          "NATURAL",
          "NOT",
          "OFFSET",
          "ON",
          "ONLY",
          "OR",
          "ORDER",
          "PARALLEL",
          "PASTE",
          "PREWHERE",
          "QUALIFY",
          "REGEXP",
          "RIGHT",
          "SAMPLE",
          "SEMI",
          "SETTINGS",
          "STREAM",
          "UNION",
          "USING",
          "WHERE",
          "WINDOW",
          "WITH");

  private static final int NO_ALIAS_LENGTH_MAX = 9;

  private Names() {}

  /** A single name; null when none is next. */
  static @Nullable String tryIdentifier(Cursor c) {
    if (c.kind() == TokenKind.WORD) {
      String name = c.tokenText();
      c.advance();
      return name;
    }
    if (c.kind() == TokenKind.QUOTED_IDENTIFIER) {
      String name = StringDecoder.identifier(c.tokenText());
      if (!name.isEmpty()) {
        c.advance();
        return name;
      }
    }
    c.couldBe("identifier");
    return null;
  }

  static String identifier(Cursor c) {
    String name = tryIdentifier(c);
    if (name == null) {
      throw c.fail("identifier");
    }
    return name;
  }

  /** A name or a string. */
  static String identifierOrString(Cursor c) {
    if (c.kind() == TokenKind.STRING) {
      return Literals.string(c);
    }
    return identifier(c);
  }

  static List<String> identifiers(Cursor c) {
    var names = new ArrayList<String>();
    do {
      names.add(identifier(c));
    } while (c.accept(TokenKind.COMMA));
    return names;
  }

  /** A name of one or two parts, each of which may be a parameter. */
  static Identifier table(Cursor c) {
    Identifier name = tryTable(c);
    if (name == null) {
      throw c.fail("table name");
    }
    return name;
  }

  static @Nullable Identifier tryTable(Cursor c) {
    var parts = new ArrayList<String>(2);
    var parameters = new ArrayList<QueryParameter>(0);
    if (!part(c, parts, parameters)) {
      return null;
    }
    if (c.kind() == TokenKind.DOT && isPart(c.kind(1))) {
      c.advance();
      if (!part(c, parts, parameters)) {
        throw c.fail("identifier");
      }
    }
    return new Identifier(parts, parameters);
  }

  /** A database or another object with a name of one part, which may be a parameter. */
  static Identifier single(Cursor c) {
    var parts = new ArrayList<String>(1);
    var parameters = new ArrayList<QueryParameter>(0);
    if (!part(c, parts, parameters)) {
      throw c.fail("identifier");
    }
    return new Identifier(parts, parameters);
  }

  /**
   * A name of any number of parts: {@code a.b.c}, with the ways into JSON {@code a.^b}, {@code
   * a.:Int64} and {@code a[].b}.
   */
  static @Nullable Identifier tryCompound(Cursor c) {
    TokenKind next = c.kind(1);
    if (c.kind() == TokenKind.WORD && next != TokenKind.DOT && next != TokenKind.OPEN_SQUARE) {
      String name = c.tokenText();
      c.advance();
      return Identifier.of(name);
    }
    var parts = new ArrayList<String>(2);
    var parameters = new ArrayList<QueryParameter>(0);
    if (!part(c, parts, parameters)) {
      return null;
    }
    while (true) {
      acceptJsonArrays(c, parts);
      if (c.kind() != TokenKind.DOT) {
        break;
      }
      if (c.kind(1) == TokenKind.CARET) {
        c.advance();
        c.advance();
        parts.add("^`" + identifier(c) + "`");
      } else if (c.kind(1) == TokenKind.COLON) {
        c.advance();
        c.advance();
        parts.add(":`" + typePart(c) + "`");
      } else if (isPart(c.kind(1)) && !isColumns(c)) {
        c.advance();
        if (!part(c, parts, parameters)) {
          throw c.fail("identifier");
        }
      } else {
        break;
      }
    }
    return new Identifier(parts, parameters);
  }

  private static String typePart(Cursor c) {
    if (c.kind() == TokenKind.QUOTED_IDENTIFIER) {
      return identifier(c);
    }
    return Formatter.formatOneLine(Types.parse(c));
  }

  /** {@code a[].b}: one pair of brackets for each level of arrays, and a name behind. */
  private static void acceptJsonArrays(Cursor c, List<String> parts) {
    int ahead = 0;
    int levels = 0;
    while (c.kind(ahead) == TokenKind.OPEN_SQUARE && c.kind(ahead + 1) == TokenKind.CLOSE_SQUARE) {
      ahead += 2;
      levels++;
    }
    if (levels == 0 || parts.size() < 2) {
      return;
    }
    parts.add(":`" + "Array(".repeat(levels) + "JSON" + ")".repeat(levels) + "`");
    for (int i = 0; i < ahead; i++) {
      c.advance();
    }
  }

  /** {@code .COLUMNS(}, which is a matcher. */
  private static boolean isColumns(Cursor c) {
    return c.atAhead(1, "COLUMNS")
        && c.kind(2) == TokenKind.OPEN_ROUND
        && c.tokenText(1).equals("COLUMNS");
  }

  private static boolean isPart(TokenKind kind) {
    return kind == TokenKind.WORD
        || kind == TokenKind.QUOTED_IDENTIFIER
        || kind == TokenKind.OPEN_CURLY;
  }

  private static boolean part(Cursor c, List<String> parts, List<QueryParameter> parameters) {
    if (c.kind() == TokenKind.OPEN_CURLY) {
      if (!c.atAhead(3, "IDENTIFIER")) {
        return false;
      }
      parameters.add(parameter(c));
      parts.add("");
      return true;
    }
    String name = tryIdentifier(c);
    if (name == null) {
      return false;
    }
    parts.add(name);
    return true;
  }

  /** {@code {name:Type}}. */
  static QueryParameter parameter(Cursor c) {
    c.expect(TokenKind.OPEN_CURLY);
    if (c.kind() != TokenKind.WORD) {
      throw c.fail("substitution name (identifier)");
    }
    String name = c.tokenText();
    c.advance();
    if (!c.accept(TokenKind.COLON)) {
      throw c.fail("colon between name and type");
    }
    int start = c.start();
    Types.parse(c);
    if (c.kind() != TokenKind.CLOSE_CURLY) {
      throw c.fail("closing curly brace");
    }
    String type = c.text().substring(start, c.start());
    c.advance();
    return new QueryParameter(name, type);
  }

  /**
   * An alias; null when there is none.
   *
   * @param bare whether AS may be left out
   */
  static @Nullable String alias(Cursor c, boolean bare) {
    if (c.accept("AS")) {
      return identifier(c);
    }
    if (!bare) {
      return null;
    }
    if (c.kind() == TokenKind.QUOTED_IDENTIFIER) {
      return identifier(c);
    }
    if (c.kind() == TokenKind.WORD && mayBeAlias(c)) {
      return identifier(c);
    }
    c.couldBe("alias");
    return null;
  }

  /** An alias where words of a special syntax may follow an expression. */
  static @Nullable String aliasWithin(Cursor c) {
    return switch (c.kind() == TokenKind.WORD ? c.tokenText().toUpperCase(Locale.ROOT) : "") {
      case "WHEN", "THEN", "ELSE", "END", "FOR", "PLACING" -> null;
      default -> alias(c, true);
    };
  }

  private static boolean mayBeAlias(Cursor c) {
    if (c.at("COMMENT") && c.kind(1) == TokenKind.STRING) {
      return false; // that of CREATE VIEW
    }
    int length = c.end() - c.start();
    return length > NO_ALIAS_LENGTH_MAX
        || !NO_ALIAS.contains(c.tokenText().toUpperCase(Locale.ROOT));
  }

  /** {@code ON CLUSTER name}; null without it. */
  static @Nullable String cluster(Cursor c) {
    return c.accept("ON CLUSTER") ? identifierOrString(c) : null;
  }
}
