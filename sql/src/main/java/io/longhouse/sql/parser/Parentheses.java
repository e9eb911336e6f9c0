package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.QueryParameter;
import io.longhouse.sql.ast.Subquery;

/**
 * Which parentheses the tree keeps: those that ClickHouse prints, unless the formatter puts them
 * there anyway. So the tree of a text and that of its formatted text are equal.
 */
final class Parentheses {
  private Parentheses() {}

  /** The expression with an alias, which is always outside of parentheses. */
  static Expression name(Expression e, String alias) {
    return new Aliased(e instanceof Aliased inner ? inner.expression() : e, alias);
  }

  /** The expression in parentheses of its own. */
  static Expression around(Expression e) {
    return switch (e) {
      case Parenthesized p -> p;
      case Subquery s -> s;
      case Literal.TupleLiteral t -> t;
      case Aliased a -> new Aliased(around(a.expression()), a.alias());
      default -> new Parenthesized(e);
    };
  }

  /** An operand of an operator that is printed between or before its operands. */
  static Expression ofOperand(Expression e) {
    return switch (e) {
      case Parenthesized p when isOperator(p.expression()) || p.expression() instanceof Lambda ->
          p.expression();
      case Aliased a when a.expression() instanceof Parenthesized p ->
          new Aliased(p.expression(), a.alias());
      default -> e;
    };
  }

  /** What a minus sign stands before. */
  static Expression ofNegated(Expression e) {
    return e instanceof Parenthesized p && p.expression() instanceof Literal l && isScalar(l)
        ? l
        : ofOperand(e);
  }

  /** What is at the right of IN. */
  static Expression ofSet(Expression e) {
    if (e instanceof Parenthesized p) {
      Expression inner = p.expression();
      boolean printed =
          inner instanceof Identifier
              || inner instanceof QueryParameter
              || inner instanceof Literal l && isScalar(l);
      return printed ? inner : ofOperand(e);
    }
    return ofOperand(e);
  }

  /** What is at the left of {@code .1}. */
  static Expression ofTuple(Expression e) {
    return e instanceof Parenthesized p && p.expression() instanceof FunctionCall f ? f : e;
  }

  /** An element of a list, where a lambda that is not the first gets parentheses. */
  static Expression ofElement(Expression e, int index) {
    if (index == 0) {
      return e;
    }
    return switch (e) {
      case Parenthesized p when p.expression() instanceof Lambda l -> l;
      case Aliased a
          when a.expression() instanceof Parenthesized p && p.expression() instanceof Lambda l ->
          new Aliased(l, a.alias());
      default -> e;
    };
  }

  /** An argument beside others, where IN gets parentheses. */
  static Expression ofArgument(Expression e) {
    return e instanceof Parenthesized p && isIn(p.expression()) ? p.expression() : e;
  }

  private static boolean isIn(Expression e) {
    return e instanceof FunctionCall f
        && f.isOperator()
        && switch (f.name()) {
          case "in", "notIn", "globalIn", "globalNotIn" -> true;
          default -> false;
        };
  }

  private static boolean isScalar(Literal l) {
    return !(l instanceof Literal.TupleLiteral) && !(l instanceof Literal.ArrayLiteral);
  }

  /** Whether it is printed as an operator, with parentheses where it is an operand. */
  private static boolean isOperator(Expression e) {
    return e instanceof FunctionCall f
        && f.isOperator()
        && !f.name().equals("array")
        && !f.name().equals("tuple");
  }
}
