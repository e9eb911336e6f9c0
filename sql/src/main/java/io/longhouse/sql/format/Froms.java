package io.longhouse.sql.format;

import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.ArrayJoin;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.TableExpression;
import java.math.BigInteger;

/** The text of FROM and its joins. */
final class Froms {
  private Froms() {}

  static void print(Out out, From from) {
    if (from.first() != null) {
      table(out, from.first());
    }
    for (From.Step step : from.steps()) {
      switch (step) {
        case ArrayJoin a -> {
          out.line().add(a.left() ? "LEFT ARRAY JOIN" : "ARRAY JOIN");
          Expressions.lines(out, a.expressions());
        }
        case Join j -> join(out, j);
      }
    }
  }

  private static void join(Out out, Join j) {
    if (j.kind() == Join.Kind.COMMA) {
      out.add(',');
    } else {
      out.line();
      out.add(j.locality() == Join.Locality.GLOBAL ? "GLOBAL " : "");
      out.add(j.natural() ? "NATURAL " : "");
      if (j.strictness() != Join.Strictness.UNSPECIFIED) {
        out.add(j.strictness().name()).add(' ');
      }
      out.add(j.kind() == Join.Kind.FULL ? "FULL OUTER" : j.kind().name()).add(" JOIN");
    }
    table(out, j.right());
    if (j.using() != null) {
      out.add(" USING (");
      Expressions.list(out, j.using());
      out.add(')');
    } else if (j.on() != null) {
      out.add(" ON ");
      Expressions.print(out, j.on(), j.on() instanceof Aliased, 0);
    }
  }

  /** With the blank or line break in front of it. */
  static void table(Out out, TableExpression t) {
    source(out, t.source());
    if (t.alias() != null) {
      out.add(" AS ").name(t.alias());
    }
    if (t.columnAliases() != null) {
      Queries.names(out.add('('), t.columnAliases());
      out.add(')');
    }
    if (t.isFinal()) {
      out.line().add("FINAL");
    }
    if (t.stream() != null) {
      out.line().add("STREAM");
      if (t.stream().cursor() != null) {
        out.add(" CURSOR ");
        Expressions.print(out, t.stream().cursor());
      }
    }
    if (t.sample() != null) {
      out.line().add("SAMPLE ");
      ratio(out, t.sample());
      if (t.sampleOffset() != null) {
        out.add(" OFFSET ");
        ratio(out, t.sampleOffset());
      }
    }
  }

  private static void source(Out out, TableExpression.TableSource source) {
    switch (source) {
      case TableExpression.NamedTable n -> {
        out.add(' ');
        Expressions.identifier(out, n.name());
      }
      case TableExpression.TableFunction f -> {
        out.add(' ');
        Calls.table(out, f.call(), f.settings());
      }
      case TableExpression.Derived d -> {
        out.line();
        Queries.parenthesized(out, d.query());
      }
    }
  }

  private static void ratio(Out out, TableExpression.Ratio r) {
    out.add(r.numerator().toString());
    if (!r.denominator().equals(BigInteger.ONE)) {
      out.add(" / ").add(r.denominator().toString());
    }
  }
}
