package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableExpression;
import java.util.List;

/** EXPLAIN. */
final class Explains {
  private Explains() {}

  /** As a statement of its own, which may also be about a tenant. */
  static Statement statement(Cursor c) {
    int start = c.position();
    c.expect("EXPLAIN");
    Statement tenant = Tenants.tryExplain(c);
    if (tenant == null) {
      c.reset(start);
    }
    return tenant == null ? parse(c) : tenant;
  }

  static Explain parse(Cursor c) {
    c.expect("EXPLAIN");
    Explain.Kind kind = kind(c);
    if (kind == Explain.Kind.CURRENT_TRANSACTION) {
      return new Explain(kind, List.of(), null, null, null);
    }
    if (kind == Explain.Kind.TABLE_OVERRIDE) {
      TableExpression.TableFunction function = Functions.table(c);
      Schemas.Parsed parsed = c.accept("COLUMNS") ? Schemas.tryParenthesized(c) : null;
      StorageClause storage = Storages.tryParse(c, false);
      var override =
          new Explain.TableOverrideSource(
              parsed == null ? null : parsed.schema(),
              parsed == null ? storage : parsed.withKey(storage));
      return new Explain(kind, List.of(), null, function, override);
    }
    List<Setting> settings = List.of();
    if (c.kind() == TokenKind.WORD && c.kind(1) == TokenKind.EQUALS) {
      settings = Settings.list(c);
    }
    c.enter();
    Statement statement = Statements.parse(c);
    c.leave();
    return new Explain(kind, settings, statement, null, null);
  }

  private static Explain.Kind kind(Cursor c) {
    if (c.accept("AST")) {
      return Explain.Kind.AST;
    }
    if (c.accept("SYNTAX")) {
      return Explain.Kind.SYNTAX;
    }
    if (c.accept("QUERY TREE")) {
      return Explain.Kind.QUERY_TREE;
    }
    if (c.accept("PIPELINE")) {
      return Explain.Kind.PIPELINE;
    }
    if (c.accept("ESTIMATE")) {
      return Explain.Kind.ESTIMATE;
    }
    if (c.accept("TABLE OVERRIDE")) {
      return Explain.Kind.TABLE_OVERRIDE;
    }
    if (c.accept("CURRENT TRANSACTION")) {
      return Explain.Kind.CURRENT_TRANSACTION;
    }
    if (c.accept("WHATIF")) {
      return Explain.Kind.WHATIF;
    }
    if (c.accept("ANALYZE")) {
      return Explain.Kind.ANALYZE;
    }
    c.accept("PLAN");
    return Explain.Kind.PLAN;
  }
}
