package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.DescendingKey;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TtlElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ENGINE = ... ORDER BY ... SETTINGS ...}. */
final class Storages {
  private Storages() {}

  /**
   * Null when nothing of it is there.
   *
   * @param settingsAlone whether SETTINGS belong to it without an engine
   */
  static @Nullable StorageClause tryParse(Cursor c, boolean settingsAlone) {
    int begin = c.position();
    FunctionCall engine = c.accept("ENGINE") ? engine(c) : null;
    Expression partitionBy = null;
    Expression primaryKey = null;
    Expression orderBy = null;
    Expression sampleBy = null;
    Expression uniqueKey = null;
    List<TtlElement> ttl = List.of();
    List<Setting> settings = List.of();
    while (true) {
      if (partitionBy == null && c.accept("PARTITION BY")) {
        partitionBy = Expressions.parse(c);
      } else if (primaryKey == null && c.accept("PRIMARY KEY")) {
        primaryKey = Expressions.parse(c);
      } else if (orderBy == null && c.accept("ORDER BY")) {
        orderBy = orderBy(c);
      } else if (uniqueKey == null && c.accept("UNIQUE KEY")) {
        uniqueKey = Expressions.parse(c);
      } else if (sampleBy == null && c.accept("SAMPLE BY")) {
        sampleBy = Expressions.parse(c);
      } else if (ttl.isEmpty() && c.accept("TTL")) {
        ttl = ttl(c);
      } else {
        break;
      }
    }
    if ((settingsAlone || engine != null) && c.accept("SETTINGS")) {
      settings = Settings.list(c);
    }
    return c.position() == begin
        ? null
        : new StorageClause(
            engine, partitionBy, primaryKey, orderBy, sampleBy, uniqueKey, ttl, settings);
  }

  private static FunctionCall engine(Cursor c) {
    c.accept(TokenKind.EQUALS);
    String name = Names.identifier(c);
    if (c.kind() != TokenKind.OPEN_ROUND) {
      return Functions.bare(name);
    }
    c.advance();
    List<Expression> arguments = Functions.arguments(c);
    return arguments.isEmpty() ? Functions.bare(name) : FunctionCall.call(name, arguments);
  }

  /** A key, or several in parentheses, each of which may be descending. */
  static Expression orderBy(Cursor c) {
    Expression plain =
        c.attempt(at -> {
          Expression key = Expressions.parse(at);
          return direction(at, key);
        });
    if (plain != null) {
      return plain;
    }
    c.accept("TUPLE");
    c.expect(TokenKind.OPEN_ROUND);
    var keys = new ArrayList<Expression>();
    while (!c.at(TokenKind.CLOSE_ROUND)) {
      keys.add(direction(c, Expressions.parse(c)));
      if (!c.accept(TokenKind.COMMA)) {
        break;
      }
    }
    c.expect(TokenKind.CLOSE_ROUND);
    return FunctionCall.call("tuple", keys);
  }

  private static Expression direction(Cursor c, Expression key) {
    if (c.accept("DESC") || c.accept("DESCENDING")) {
      return new DescendingKey(key);
    }
    if (!c.accept("ASC")) {
      c.accept("ASCENDING");
    }
    return key;
  }

  static List<TtlElement> ttl(Cursor c) {
    var list = new ArrayList<TtlElement>();
    do {
      Expression expression = Expressions.parse(c);
      list.add(new TtlElement(expression, action(c)));
    } while (c.accept(TokenKind.COMMA));
    return list;
  }

  private static TtlElement.Action action(Cursor c) {
    for (TtlElement.Destination to : TtlElement.Destination.values()) {
      if (c.accept("TO " + to.name())) {
        boolean ifExists = c.accept("IF EXISTS");
        return new TtlElement.Move(to, Literals.string(c), ifExists);
      }
    }
    if (c.accept("RECOMPRESS")) {
      return new TtlElement.Recompress(Schemas.codec(c));
    }
    if (c.accept("GROUP BY")) {
      List<Expression> keys = Expressions.list(c);
      List<Assignment> assignments = c.accept("SET") ? assignments(c) : List.of();
      return new TtlElement.GroupBy(keys, assignments, where(c));
    }
    c.accept("DELETE");
    return new TtlElement.Delete(where(c));
  }

  private static @Nullable Expression where(Cursor c) {
    return c.accept("WHERE") ? Expressions.parse(c) : null;
  }

  /** Within TTL another rule may follow the comma. */
  private static boolean isAssignmentNext(Cursor c) {
    int i = 2;
    while (c.kind(i) == TokenKind.DOT) {
      i += 2;
    }
    return c.kind() == TokenKind.COMMA && c.kind(i) == TokenKind.EQUALS;
  }

  static List<Assignment> assignments(Cursor c) {
    var list = new ArrayList<Assignment>();
    do {
      String column = Schemas.columnName(c);
      c.expect(TokenKind.EQUALS);
      list.add(new Assignment(column, Expressions.parse(c)));
    } while (isAssignmentNext(c) && c.accept(TokenKind.COMMA));
    return list;
  }
}
