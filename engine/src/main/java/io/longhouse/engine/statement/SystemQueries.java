package io.longhouse.engine.statement;

import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.NamePattern;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import org.jspecify.annotations.Nullable;

/** SHOW statements are queries of the system tables. */
public final class SystemQueries {
  private SystemQueries() {}

  public static StatementResult run(String sql, StatementContext context) {
    var query = (Query) Parser.parseStatement(sql).statement();
    return new StatementResult.Planned(context.analyzer().analyze(query));
  }

  static String string(String text) {
    return Quoting.string(text);
  }

  /** {@code AND name LIKE '...'}, or nothing. */
  public static String like(String column, @Nullable NamePattern p) {
    return p == null
        ? ""
        : " AND "
            + column
            + (p.not() ? " NOT" : "")
            + (p.caseInsensitive() ? " ILIKE " : " LIKE ")
            + string(p.pattern());
  }

  /** {@code AND (...)}, or nothing. */
  static String and(@Nullable Expression where) {
    return where == null ? "" : " AND (" + Formatter.formatOneLine(where) + ")";
  }

  static String limit(@Nullable Expression limit) {
    return limit == null ? "" : " LIMIT " + Formatter.formatOneLine(limit);
  }
}
