package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions: operands joined by operators, by precedence climbing. Operators become calls of the
 * functions that they stand for.
 */
final class Expressions {
  /** Who may name an element of a list. */
  enum Alias {
    NONE,
    WITH_AS,
    BARE,
    /** Without AS, but for the words that go on with CASE, SUBSTRING and their like. */
    WITHIN
  }

  private Expressions() {}

  /** One expression without an alias of its own. */
  static Expression parse(Cursor c) {
    return element(c, Alias.NONE, null);
  }

  static Expression parse(Cursor c, Alias alias) {
    return element(c, alias, null);
  }

  /** Expressions with commas between, at least one, without AS-less aliases. */
  static List<Expression> list(Cursor c) {
    return list(c, Alias.WITH_AS);
  }

  static List<Expression> list(Cursor c, Alias alias) {
    var list = new ArrayList<Expression>();
    do {
      list.add(Parentheses.ofElement(topElement(c, alias), list.size()));
    } while (c.accept(TokenKind.COMMA));
    return list;
  }

  /** An expression with an optional alias that ends it: {@code a AS b + 1} is none. */
  static Expression topElement(Cursor c, Alias alias) {
    Expression e = element(c, Alias.NONE, null);
    if (alias == Alias.NONE) {
      return e;
    }
    // SELECT FROM t is a mistake rather than a column FROM that is called t.
    boolean isFrom = e instanceof Identifier i && i.parts().size() == 1 && c.isAfter("FROM");
    String name = Names.alias(c, alias == Alias.BARE && !isFrom);
    return name == null ? e : named(c, e, name);
  }

  private static Expression named(Cursor c, Expression e, String alias) {
    if (e.bare() instanceof Matcher) {
      throw c.fail("alias cannot be here");
    }
    return Parentheses.name(e, alias);
  }

  /**
   * One element of the list in parentheses or brackets; an alias may stand within it.
   *
   * @param before the elements before it, which become parameters when this is a lambda
   */
  static Expression element(Cursor c, Alias alias, @Nullable List<Expression> before) {
    c.enter();
    Expression e = Operands.parse(c);
    if (c.accept(TokenKind.ARROW)) {
      e = lambda(c, e, before);
    } else {
      e = operators(c, e, 0);
    }
    if (alias != Alias.NONE) {
      String name =
          alias == Alias.WITHIN ? Names.aliasWithin(c) : Names.alias(c, alias == Alias.BARE);
      if (name != null) {
        e = operators(c, named(c, e, name), 0);
      }
    }
    c.leave();
    return e;
  }

  /** The next element of a list in parentheses or brackets. */
  static Expression member(Cursor c, Alias alias, List<Expression> before) {
    Expression e = element(c, alias, before);
    return Parentheses.ofElement(e, before.size());
  }

  private static Expression lambda(Cursor c, Expression head, @Nullable List<Expression> before) {
    var parameters = new ArrayList<String>();
    if (head instanceof FunctionCall f
        && f.name().equals("tuple")
        && (f.isOperator() || f.arguments().isEmpty())) {
      for (Expression p : f.arguments()) {
        parameters.add(parameter(c, p));
      }
    } else if (head instanceof Parenthesized p) {
      parameters.add(parameter(c, p.expression()));
    } else {
      if (before != null) {
        for (Expression p : before) {
          parameters.add(parameter(c, p));
        }
        before.clear();
      }
      parameters.add(parameter(c, head));
    }
    return new Lambda(parameters, Parentheses.ofOperand(operators(c, Operands.parse(c), 2)));
  }

  private static String parameter(Cursor c, Expression e) {
    if (e instanceof Identifier i && i.parts().size() == 1) {
      return i.name();
    }
    throw c.fail("lambda parameter");
  }

  /** The operators behind {@code left} that bind at least as tight as {@code min}. */
  static Expression operators(Cursor c, Expression left, int min) {
    Expression e = left;
    while (true) {
      Operator op = Operator.next(c);
      if (op == null || op.precedence < min) {
        return e;
      }
      e = apply(c, op, op.isInfix ? Parentheses.ofOperand(e) : e);
    }
  }

  /** The operand at the right of an operator. */
  private static Expression binary(Cursor c, int min) {
    return Parentheses.ofOperand(operators(c, Operands.parse(c), min));
  }

  private static Expression apply(Cursor c, Operator op, Expression left) {
    return switch (op) {
      case AND, OR, CONCAT -> chain(c, op, left);
      case QUESTION -> ternary(c, left);
      case BETWEEN, NOT_BETWEEN -> between(c, op == Operator.NOT_BETWEEN, left);
      case IS_NULL, IS_NOT_NULL, IS_UNKNOWN, IS_NOT_UNKNOWN -> {
        op.skip(c);
        yield FunctionCall.operator(op.function, left);
      }
      case IS_TRUE, IS_NOT_TRUE -> {
        op.skip(c);
        yield FunctionCall.operator(op.function, left, Literal.TRUE);
      }
      case IS_FALSE, IS_NOT_FALSE -> {
        op.skip(c);
        yield FunctionCall.operator(op.function, left, Literal.FALSE);
      }
      case AT_TIME_ZONE -> {
        op.skip(c);
        yield FunctionCall.call(op.function, left, Operands.parse(c));
      }
      case LIKE, NOT_LIKE, ILIKE, NOT_ILIKE -> like(c, op, left);
      case EQUALS, NOT_EQUALS, LESS, GREATER, LESS_OR_EQUALS, GREATER_OR_EQUALS, SPACESHIP -> {
        op.skip(c);
        Expression quantified = Quantifiers.tryParse(c, op.function, left);
        yield quantified != null
            ? quantified
            : FunctionCall.operator(op.function, left, binary(c, op.precedence + 1));
      }
      case DOT -> access(c, left);
      case SUBSCRIPT -> {
        op.skip(c);
        Expression index = element(c, Alias.WITH_AS, null);
        c.expect(TokenKind.CLOSE_SQUARE);
        yield FunctionCall.operator(op.function, left, index);
      }
      case CAST -> {
        op.skip(c);
        yield FunctionCall.call(op.function, left, typeText(c));
      }
      case IN, NOT_IN, GLOBAL_IN, GLOBAL_NOT_IN -> {
        op.skip(c);
        Expression set = operators(c, Operands.parse(c), op.precedence + 1);
        yield FunctionCall.operator(op.function, left, Parentheses.ofSet(set));
      }
      case REGEXP, DIV -> {
        op.skip(c);
        Expression right = operators(c, Operands.parse(c), op.precedence + 1);
        yield FunctionCall.call(op.function, left, right);
      }
      default -> {
        op.skip(c);
        yield FunctionCall.operator(op.function, left, binary(c, op.precedence + 1));
      }
    };
  }

  /** The type that is next as the string that CAST takes. */
  static Literal typeText(Cursor c) {
    return Literal.of(Formatter.formatOneLine(Types.parse(c)));
  }

  private static Expression chain(Cursor c, Operator op, Expression left) {
    var operands = new ArrayList<Expression>();
    operands.add(left);
    do {
      op.skip(c);
      Expression right = operators(c, Operands.parse(c), op.precedence + 1);
      operands.add(op.isInfix ? Parentheses.ofOperand(right) : right);
    } while (Operator.next(c) == op);
    return op.isInfix
        ? FunctionCall.operator(op.function, operands)
        : FunctionCall.call(op.function, operands);
  }

  private static Expression ternary(Cursor c, Expression condition) {
    c.expect(TokenKind.QUESTION);
    c.enter();
    Expression then = operators(c, Operands.parse(c), Operator.OR.precedence);
    if (!c.accept(TokenKind.COLON)) {
      throw c.fail(":");
    }
    Expression otherwise = operators(c, Operands.parse(c), Operator.OR.precedence + 1);
    c.leave();
    return FunctionCall.call("if", condition, then, otherwise);
  }

  private static Expression between(Cursor c, boolean not, Expression subject) {
    c.accept("NOT");
    c.expect("BETWEEN");
    Expression low = binary(c, Operator.BETWEEN.precedence + 1);
    c.expect("AND");
    Expression high = binary(c, Operator.BETWEEN.precedence + 2);
    return not
        ? FunctionCall.operator(
            "or",
            FunctionCall.operator("less", subject, low),
            FunctionCall.operator("greater", subject, high))
        : FunctionCall.operator(
            "and",
            FunctionCall.operator("greaterOrEquals", subject, low),
            FunctionCall.operator("lessOrEquals", subject, high));
  }

  private static Expression like(Cursor c, Operator op, Expression left) {
    op.skip(c);
    Expression pattern = binary(c, op.precedence + 1);
    if (c.accept("ESCAPE")) {
      return FunctionCall.operator(op.function, left, pattern, Literal.of(Literals.string(c)));
    }
    return FunctionCall.operator(op.function, left, pattern);
  }

  /** {@code t.1}, {@code t.name}, {@code t.*}, {@code t.COLUMNS('a')}. */
  private static Expression access(Cursor c, Expression left) {
    c.expect(TokenKind.DOT);
    if (c.kind() == TokenKind.ASTERISK) {
      c.advance();
      return new Matcher.QualifiedAsterisk(left, Matchers.transformers(c));
    }
    if (c.at("COLUMNS") && c.kind(1) == TokenKind.OPEN_ROUND) {
      return Matchers.columns(c, left);
    }
    if (c.kind() == TokenKind.NUMBER) {
      NumberLiteral index = Literals.number(c);
      return FunctionCall.operator("tupleElement", Parentheses.ofTuple(left), index);
    }
    String name = c.kind() == TokenKind.STRING ? Literals.string(c) : Names.identifier(c);
    return FunctionCall.call("tupleElement", left, Literal.of(name));
  }
}
