package io.longhouse.sql.format;

import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.DescendingKey;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.QueryParameter;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.ast.Window;
import java.util.List;

/**
 * What ClickHouse calls a column of a result: the alias, else the expression with every operator as
 * the call of its function, {@code plus(a, 1)}; arrays and tuples keep their brackets.
 *
 * <p>Subqueries are numbered from one in the order in which they are met; an analyzer that numbers
 * them over a whole query passes its own counter.
 */
public final class ColumnNames {
  /** Gives numbers to subqueries. */
  public interface SubqueryNumbers {
    /** The number of this subquery, which may be asked for again. */
    int number(Subquery subquery);
  }

  private final StringBuilder text = new StringBuilder();
  private final SubqueryNumbers subqueries;

  private ColumnNames(SubqueryNumbers subqueries) {
    this.subqueries = subqueries;
  }

  public static String of(Expression e) {
    int[] next = {0};
    return of(e, _ -> ++next[0]);
  }

  public static String of(Expression e, SubqueryNumbers subqueries) {
    var names = new ColumnNames(subqueries);
    names.append(e);
    return names.text.toString();
  }

  private void append(Expression e) {
    switch (e) {
      case Aliased a -> text.append(a.alias());
      case Parenthesized p -> append(p.expression());
      case Identifier i -> text.append(i.name());
      case Literal l -> append(l);
      case FunctionCall f -> append(f);
      case Lambda l -> {
        text.append("lambda(tuple(").append(String.join(", ", l.parameters())).append("), ");
        append(l.body());
        text.append(')');
      }
      case Subquery s -> text.append("_subquery_").append(subqueries.number(s));
      case DescendingKey k -> append(k.key());
      case Matcher _, QueryParameter _ -> text.append(Formatter.formatOneLine(e));
    }
  }

  private void append(Literal literal) {
    switch (literal) {
      case NumberLiteral n -> text.append(Literals.number(n));
      case Literal.StringLiteral s -> Quoting.appendString(text, s.value());
      case Literal.NullLiteral _ -> text.append("NULL");
      case Literal.BoolLiteral b -> text.append(b.value());
      case Literal.ArrayLiteral a -> list("[", a.elements(), "]");
      case Literal.TupleLiteral t -> list("(", t.elements(), ")");
      case Literal.MapLiteral m -> text.append(Formatter.formatOneLine(m));
    }
  }

  private void append(FunctionCall f) {
    if (f.parameters() == null && f.name().equals("array")) {
      list("[", f.arguments(), "]");
    } else if (f.parameters() == null && f.name().equals("tuple")) {
      list("(", f.arguments(), ")");
    } else {
      text.append(f.name());
      if (f.parameters() != null) {
        list("(", f.parameters(), ")");
      }
      list("(", countsRows(f) ? List.of() : f.arguments(), ")");
    }
    if (f.window() != null) {
      text.append(" OVER ");
      window(f.window());
    }
  }

  /** {@code count(*)} is {@code count()}. */
  private static boolean countsRows(FunctionCall f) {
    return f.name().equalsIgnoreCase("count")
        && f.arguments().size() == 1
        && f.arguments().getFirst() instanceof Matcher.Asterisk a
        && a.transformers().isEmpty();
  }

  private void window(Window window) {
    switch (window) {
      case Window.Reference r -> text.append(r.name());
      case Window.Definition d -> {
        var out = new Out(true);
        Windows.definition(out, d);
        text.append('(').append(out).append(')');
      }
    }
  }

  private void list(String open, List<? extends Expression> list, String close) {
    text.append(open);
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        text.append(", ");
      }
      append(list.get(i));
    }
    text.append(close);
  }
}
