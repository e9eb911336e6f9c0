package io.longhouse.sql.format;

import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.ConstraintDeclaration;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.IndexDeclaration;
import io.longhouse.sql.ast.ProjectionDeclaration;
import io.longhouse.sql.ast.TableSchema;
import io.longhouse.sql.ast.With;
import java.util.List;

/** The text of columns, indexes, constraints and projections. */
final class Schemas {
  private Schemas() {}

  /** In parentheses that have lines of their own. */
  static void parenthesized(Out out, TableSchema schema) {
    out.line().add('(').indent();
    boolean first = true;
    for (ColumnDeclaration column : schema.columns()) {
      first = separate(out, first);
      column(out, column);
    }
    for (IndexDeclaration index : schema.indexes()) {
      first = separate(out, first);
      out.add("INDEX ");
      index(out, index);
    }
    for (ConstraintDeclaration constraint : schema.constraints()) {
      first = separate(out, first);
      out.add("CONSTRAINT ");
      constraint(out, constraint);
    }
    for (ProjectionDeclaration projection : schema.projections()) {
      first = separate(out, first);
      out.add("PROJECTION ");
      projection(out, projection);
    }
    out.outdent().lineOrNothing().add(')');
  }

  private static boolean separate(Out out, boolean first) {
    if (first) {
      out.lineOrNothing();
    } else {
      out.add(',').line();
    }
    return false;
  }

  static void column(Out out, ColumnDeclaration c) {
    out.quoted(c.name());
    if (c.type() != null) {
      out.add(' ');
      Types.print(out, c.type());
    }
    if (c.collation() != null) {
      out.add(" COLLATE ").add(c.collation());
    }
    if (c.nullable() != null) {
      out.add(c.nullable() ? " NULL" : " NOT NULL");
    }
    if (c.defaultKind() != null
        && c.defaultKind() != ColumnDeclaration.DefaultKind.AUTO_INCREMENT) {
      out.add(' ').add(c.defaultKind().name());
      if (c.defaultExpression() != null) {
        out.add(' ');
        Expressions.print(out, c.defaultExpression());
      }
    }
    if (c.comment() != null) {
      out.add(" COMMENT ").string(c.comment());
    }
    if (c.codec() != null) {
      out.add(' ');
      types(out, c.codec());
    }
    if (c.statistics() != null) {
      out.add(' ');
      types(out, c.statistics());
    }
    if (c.ttl() != null) {
      out.add(" TTL ");
      Expressions.print(out, c.ttl());
    }
    if (!c.settings().isEmpty()) {
      out.add(" SETTINGS (");
      Settings.print(out, c.settings());
      out.add(')');
    }
  }

  /** {@code CODEC(...)}, {@code STATISTICS(...)}. */
  static void types(Out out, FunctionCall f) {
    out.add(f.name()).add('(');
    Expressions.list(out, f.arguments());
    out.add(')');
  }

  static void index(Out out, IndexDeclaration i) {
    out.name(i.name()).add(' ');
    indexBody(out, i);
  }

  static void indexBody(Out out, IndexDeclaration i) {
    Expressions.print(out, i.expression());
    if (i.type() != null) {
      out.add(" TYPE ");
      Expressions.print(out, i.type());
    }
    out.add(" GRANULARITY ").add(i.granularity());
  }

  static void constraint(Out out, ConstraintDeclaration c) {
    out.name(c.name()).add(' ').add(c.kind().name()).add(' ');
    Expressions.print(out, c.expression());
  }

  static void projection(Out out, ProjectionDeclaration p) {
    out.name(p.name());
    switch (p.body()) {
      case ProjectionDeclaration.IndexBody i -> {
        out.add(" INDEX ");
        Expressions.print(out, i.expression());
        out.add(" TYPE ");
        Expressions.print(out, i.type());
      }
      case ProjectionDeclaration.SelectBody s -> {
        out.line().add('(').indent().lineOrNothing();
        select(out, s);
        out.outdent().lineOrNothing().add(')');
      }
    }
    if (!p.settings().isEmpty()) {
      out.add(" WITH SETTINGS (");
      Settings.print(out, p.settings());
      out.add(')');
    }
  }

  private static void select(Out out, ProjectionDeclaration.SelectBody s) {
    With with = s.with();
    if (with != null) {
      Queries.with(out, with);
      out.line();
    }
    out.add(s.distinct() ? "SELECT DISTINCT" : "SELECT");
    Expressions.lines(out, s.projection());
    Queries.clause(out, "WHERE ", s.where());
    keys(out, "GROUP BY", s.groupBy());
    keys(out, "ORDER BY", s.orderBy());
  }

  private static void keys(Out out, String words, List<Expression> keys) {
    if (!keys.isEmpty()) {
      out.line().add(words);
      Expressions.lines(out, keys);
    }
  }
}
