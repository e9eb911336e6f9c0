package io.longhouse.sql.format;

import io.longhouse.sql.ast.ColumnTransformer;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Matcher;
import org.jspecify.annotations.Nullable;

/** The text of {@code *} and {@code COLUMNS}. */
final class Matchers {
  private Matchers() {}

  static void print(Out out, Matcher matcher) {
    switch (matcher) {
      case Matcher.Asterisk _ -> out.add('*');
      case Matcher.QualifiedAsterisk q -> {
        qualifier(out, q.qualifier());
        out.add('*');
      }
      case Matcher.ColumnsRegexp r -> {
        qualifier(out, r.qualifier());
        out.add("COLUMNS(").string(r.pattern()).add(')');
      }
      case Matcher.ColumnsList l -> {
        qualifier(out, l.qualifier());
        out.add("COLUMNS(");
        Expressions.list(out, l.columns());
        out.add(')');
      }
    }
    for (ColumnTransformer t : matcher.transformers()) {
      out.add(' ');
      transformer(out, t);
    }
  }

  private static void qualifier(Out out, @Nullable Expression qualifier) {
    if (qualifier != null) {
      Expressions.print(out, qualifier, true, 0);
      out.add('.');
    }
  }

  private static void transformer(Out out, ColumnTransformer transformer) {
    switch (transformer) {
      case ColumnTransformer.Except e -> {
        out.add(e.strict() ? "EXCEPT STRICT " : "EXCEPT ").add(e.columns().size() > 1 ? "(" : "");
        boolean first = true;
        for (Identifier column : e.columns()) {
          out.add(first ? "" : ", ");
          first = false;
          Expressions.identifier(out, column);
        }
        out.add(e.columns().size() > 1 ? ")" : "");
      }
      case ColumnTransformer.ExceptRegexp e ->
          out.add(e.strict() ? "EXCEPT STRICT " : "EXCEPT ").string(e.pattern());
      case ColumnTransformer.Replace r -> replace(out, r);
      case ColumnTransformer.Apply a -> {
        boolean prefix = a.columnNamePrefix() != null;
        out.add(prefix ? "APPLY (" : "APPLY ").name(a.function());
        if (a.parameters() != null) {
          out.add('(');
          Expressions.list(out, a.parameters());
          out.add(')');
        }
        prefix(out, a.columnNamePrefix());
        out.add(prefix ? ")" : "");
      }
      case ColumnTransformer.ApplyLambda a -> {
        out.add("APPLY (");
        Expressions.print(out, a.lambda());
        prefix(out, a.columnNamePrefix());
        out.add(')');
      }
    }
  }

  private static void prefix(Out out, @Nullable String prefix) {
    if (prefix != null) {
      out.add(", ").string(prefix);
    }
  }

  private static void replace(Out out, ColumnTransformer.Replace r) {
    out.add(r.strict() ? "REPLACE STRICT (" : "REPLACE (");
    boolean first = true;
    for (ColumnTransformer.Replacement one : r.replacements()) {
      out.add(first ? "" : ", ");
      first = false;
      Expressions.print(out, one.expression());
      out.add(" AS ").name(one.column());
    }
    out.add(')');
  }
}
