package io.longhouse.sql.format;

import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.DescendingKey;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.QueryParameter;
import io.longhouse.sql.ast.Subquery;
import java.util.List;

/** The text of expressions. Operators within operators get parentheses, whatever binds tighter. */
final class Expressions {
  private Expressions() {}

  static void print(Out out, Expression e) {
    print(out, e, false, 0);
  }

  /** With commas between, on one line. */
  static void list(Out out, List<Expression> list) {
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.add(", ");
      }
      print(out, list.get(i), false, i);
    }
  }

  /** With commas between; several of them each on a line of its own. */
  static void lines(Out out, List<Expression> list) {
    if (out.oneLine()) {
      out.add(' ');
      list(out, list);
      return;
    }
    out.indent();
    for (int i = 0; i < list.size(); i++) {
      separate(out, i, list.size());
      print(out, list.get(i), false, i);
    }
    out.outdent();
  }

  /** What stands before element {@code i} of a list whose elements have lines of their own. */
  static void separate(Out out, int i, int size) {
    if (i > 0) {
      out.add(',');
    }
    if (size > 1) {
      out.line();
    } else {
      out.add(' ');
    }
  }

  /**
   * @param parens whether an operator needs parentheses here
   * @param index the place in a list: a lambda that is not the first needs parentheses
   */
  static void print(Out out, Expression e, boolean parens, int index) {
    switch (e) {
      case Literal l -> Literals.print(out, l);
      case Identifier i -> identifier(out, i);
      case FunctionCall f -> Calls.print(out, f, parens, true);
      case Lambda l -> lambda(out, l, parens || index > 0);
      case Subquery s -> subquery(out, s);
      case Matcher m -> Matchers.print(out, m);
      case QueryParameter p -> parameter(out, p);
      case Aliased a -> aliased(out, a, parens, index);
      case Parenthesized p -> {
        if (Calls.isIn(p.expression())) {
          print(out, p.expression(), true, 0);
        } else {
          out.add('(');
          print(out, p.expression(), false, 0);
          out.add(')');
        }
      }
      case DescendingKey k -> {
        print(out, k.key(), parens, index);
        out.add(" DESC");
      }
    }
  }

  private static void aliased(Out out, Aliased a, boolean parens, int index) {
    if (parens) {
      out.add('(');
      Expression inner =
          a.expression() instanceof Parenthesized p ? p.expression() : a.expression();
      print(out, inner, false, 0);
      out.add(" AS ").name(a.alias()).add(')');
    } else {
      print(out, a.expression(), false, index);
      out.add(" AS ").name(a.alias());
    }
  }

  static void identifier(Out out, Identifier i) {
    int parameter = 0;
    for (int k = 0; k < i.parts().size(); k++) {
      String part = i.parts().get(k);
      if (k > 0) {
        out.add('.');
      }
      if (part.isEmpty() && parameter < i.parameters().size()) {
        parameter(out, i.parameters().get(parameter++));
      } else if (part.startsWith("^`") || part.startsWith(":`")) {
        out.add(part.charAt(0)).name(part.substring(2, part.length() - 1));
      } else {
        out.name(part);
      }
    }
  }

  private static void parameter(Out out, QueryParameter p) {
    out.add('{').name(p.name()).add(':').add(p.type()).add('}');
  }

  private static void lambda(Out out, Lambda l, boolean parens) {
    if (parens) {
      out.add('(');
    }
    parameters(out, l);
    out.add(" -> ");
    print(out, l.body(), true, 0);
    if (parens) {
      out.add(')');
    }
  }

  private static void parameters(Out out, Lambda l) {
    if (l.parameters().size() == 1) {
      out.name(l.parameters().getFirst());
      return;
    }
    out.add('(');
    for (int i = 0; i < l.parameters().size(); i++) {
      out.add(i > 0 ? ", " : "").name(l.parameters().get(i));
    }
    out.add(')');
  }

  private static void subquery(Out out, Subquery s) {
    Queries.parenthesized(out, s.query());
  }
}
