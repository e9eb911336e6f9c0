package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Describe;
import io.longhouse.sql.ast.DescribeCache;
import io.longhouse.sql.ast.ExistsStatement;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.NamePattern;
import io.longhouse.sql.ast.ShowColumns;
import io.longhouse.sql.ast.ShowCreate;
import io.longhouse.sql.ast.ShowEngines;
import io.longhouse.sql.ast.ShowFunctions;
import io.longhouse.sql.ast.ShowIndexes;
import io.longhouse.sql.ast.ShowPrivileges;
import io.longhouse.sql.ast.ShowProcesslist;
import io.longhouse.sql.ast.ShowSetting;
import io.longhouse.sql.ast.ShowTables;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TableExpression;
import org.jspecify.annotations.Nullable;

/** SHOW, DESCRIBE and EXISTS. */
final class Shows {
  private Shows() {}

  static Statement parse(Cursor c) {
    c.expect("SHOW");
    if (c.accept("CREATE")) {
      Statement tenant = Tenants.tryShowCreate(c);
      Statement access = tenant == null ? AccessEntities.tryShowCreate(c) : tenant;
      return access == null ? create(c) : access;
    }
    Statement fixed = fixed(c);
    if (fixed != null) {
      return fixed;
    }
    Statement tenant = Tenants.tryShow(c);
    Statement access = tenant == null ? AccessEntities.tryShow(c) : tenant;
    return access == null ? lists(c) : access;
  }

  private static @Nullable Statement fixed(Cursor c) {
    if (c.accept("PROCESSLIST")) {
      return new ShowProcesslist();
    }
    if (c.accept("ENGINES")) {
      return new ShowEngines();
    }
    if (c.accept("PRIVILEGES")) {
      return new ShowPrivileges();
    }
    if (c.accept("FUNCTIONS")) {
      return new ShowFunctions(Patterns.tryParse(c));
    }
    if (c.accept("SETTING")) {
      return new ShowSetting(Names.identifier(c));
    }
    return null;
  }

  private static Statement create(Cursor c) {
    boolean temporary = c.accept("TEMPORARY");
    ShowCreate.Kind kind = kind(c);
    Identifier name = kind == ShowCreate.Kind.DATABASE ? Names.single(c) : Names.table(c);
    return new ShowCreate(kind, temporary, name);
  }

  private static ShowCreate.Kind kind(Cursor c) {
    for (ShowCreate.Kind kind : ShowCreate.Kind.values()) {
      if (c.at(kind.name()) && c.kind(1) != TokenKind.DOT && !isEnd(c.kind(1))) {
        c.advance();
        return kind;
      }
    }
    return ShowCreate.Kind.TABLE;
  }

  private static boolean isEnd(TokenKind kind) {
    return kind == TokenKind.END || kind == TokenKind.SEMICOLON;
  }

  private static Statement lists(Cursor c) {
    if (c.at("TABLE") || c.at("VIEW") || c.at("DICTIONARY") || c.at("DATABASE")) {
      return create(c);
    }
    boolean changed = c.accept("CHANGED");
    boolean extended = c.accept("EXTENDED");
    boolean full = c.accept("FULL");
    boolean temporary = c.accept("TEMPORARY");
    if (!changed && !temporary && (c.accept("COLUMNS") || c.accept("FIELDS"))) {
      return columns(c, extended, full);
    }
    if (c.accept("INDEXES") || c.accept("INDICES") || c.accept("INDEX") || c.accept("KEYS")) {
      Identifier table = tableOf(c);
      return new ShowIndexes(extended, table, where(c));
    }
    for (ShowTables.Kind kind : ShowTables.Kind.values()) {
      if (c.accept(kind.sql())) {
        return list(c, kind, full, changed, temporary);
      }
    }
    throw c.fail("TABLES", "DATABASES", "COLUMNS", "CREATE", "CLUSTERS", "SETTINGS", "FUNCTIONS");
  }

  private static Statement list(
      Cursor c, ShowTables.Kind kind, boolean full, boolean changed, boolean temporary) {
    String name =
        kind == ShowTables.Kind.CLUSTER || kind == ShowTables.Kind.FILESYSTEM_CACHE
            ? Names.identifierOrString(c)
            : null;
    boolean ofDatabase = kind == ShowTables.Kind.TABLES || kind == ShowTables.Kind.DICTIONARIES;
    Identifier from = ofDatabase && (c.accept("FROM") || c.accept("IN")) ? Names.single(c) : null;
    NamePattern pattern = Patterns.tryParse(c);
    boolean filters = kind != ShowTables.Kind.DATABASES;
    Expression where = pattern == null && filters ? where(c) : null;
    Expression limit = c.accept("LIMIT") ? Expressions.parse(c) : null;
    return new ShowTables(kind, full, changed, temporary, from, name, pattern, where, limit);
  }

  private static @Nullable Expression where(Cursor c) {
    return c.accept("WHERE") ? Expressions.parse(c) : null;
  }

  private static Statement columns(Cursor c, boolean extended, boolean full) {
    Identifier table = tableOf(c);
    NamePattern pattern = Patterns.tryParse(c);
    Expression where = pattern == null ? where(c) : null;
    Expression limit = c.accept("LIMIT") ? Expressions.parse(c) : null;
    return new ShowColumns(extended, full, table, pattern, where, limit);
  }

  /** {@code FROM t [FROM d]}. */
  private static Identifier tableOf(Cursor c) {
    if (!c.accept("FROM")) {
      c.expect("IN");
    }
    Identifier table = Names.table(c);
    if (c.accept("FROM") || c.accept("IN")) {
      return Identifier.of(Names.identifier(c), table.last());
    }
    return table;
  }

  static Statement describe(Cursor c) {
    c.advance();
    if (c.at("FILESYSTEM CACHE")) {
      c.advance();
      c.advance();
      return new DescribeCache(Literals.string(c));
    }
    if (c.at("TABLE") && !isEnd(c.kind(1)) && c.kind(1) != TokenKind.DOT) {
      c.advance();
    }
    TableExpression table = Froms.table(c, Expressions.Alias.BARE);
    return new Describe(table);
  }

  static Statement exists(Cursor c) {
    c.expect("EXISTS");
    boolean temporary = c.accept("TEMPORARY");
    ShowCreate.Kind kind = kind(c);
    Identifier name = kind == ShowCreate.Kind.DATABASE ? Names.single(c) : Names.table(c);
    return new ExistsStatement(kind, temporary, name);
  }
}
