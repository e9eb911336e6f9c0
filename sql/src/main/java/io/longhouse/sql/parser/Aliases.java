package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Parenthesized;

/** How aliases and parentheses combine: an alias is always outside. */
final class Aliases {
  private Aliases() {}

  static Expression name(Expression e, String alias) {
    return new Aliased(e instanceof Aliased inner ? inner.expression() : e, alias);
  }

  /** The expression in parentheses of its own. */
  static Expression parenthesize(Expression e) {
    return switch (e) {
      case Parenthesized p -> p;
      case Literal.TupleLiteral t -> t;
      case Aliased a -> new Aliased(parenthesize(a.expression()), a.alias());
      default -> new Parenthesized(e);
    };
  }
}
