package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Subquery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators stand between: literals, names, calls, parentheses, signs in front. */
final class Operands {
  private static final String[] NAMES = {
    "NOT",
    "INTERVAL",
    "CASE",
    "DATE",
    "TIMESTAMP",
    "tuple",
    "array",
    "number",
    "literal",
    "NULL",
    "TRUE",
    "FALSE",
    "string literal",
    "asterisk",
    "qualified asterisk",
    "compound identifier",
    "identifier",
    "COLUMNS",
    "function name",
    "substitution",
    "MySQL-style global variable"
  };

  private Operands() {}

  static Expression parse(Cursor c) {
    while (c.kind() == TokenKind.PLUS) {
      c.advance();
    }
    return switch (c.kind()) {
      case WORD -> word(c);
      case NUMBER -> number(c);
      case STRING -> string(c);
      case HEREDOC -> Literal.of(Literals.string(c));
      case MINUS -> minus(c);
      case ASTERISK -> Matchers.asterisk(c);
      case OPEN_ROUND -> {
        Expression cast = CastOfLiterals.tryParse(c);
        yield cast == null ? parentheses(c) : cast;
      }
      case OPEN_SQUARE -> {
        Expression cast = CastOfLiterals.tryParse(c);
        yield cast == null ? array(c) : cast;
      }
      case QUOTED_IDENTIFIER -> name(c);
      case OPEN_CURLY -> c.atAhead(3, "IDENTIFIER") ? name(c) : Names.parameter(c);
      case DOUBLE_AT -> globalVariable(c);
      default -> throw c.fail(NAMES);
    };
  }

  // ---- Constants

  private static Expression number(Cursor c) {
    if (c.kind(1) == TokenKind.DOUBLE_COLON) {
      return cast(c, c.tokenText(), 1);
    }
    NumberLiteral number = Numbers.parse(c.tokenText(), false);
    if (number == null) {
      throw c.fail("number");
    }
    c.advance();
    return number;
  }

  private static Expression string(Cursor c) {
    String value = StringDecoder.string(c.tokenText());
    if (c.kind(1) == TokenKind.DOUBLE_COLON) {
      return cast(c, value, 1);
    }
    c.advance();
    return Literal.of(value);
  }

  /** {@code 1.50::Decimal(10, 2)} keeps the digits as they were written. */
  private static Expression cast(Cursor c, String source, int tokens) {
    for (int i = 0; i <= tokens; i++) {
      c.advance();
    }
    return FunctionCall.call("CAST", Literal.of(source), Expressions.typeText(c));
  }

  private static Expression minus(Cursor c) {
    if (c.kind(1) == TokenKind.NUMBER && c.kind(2) == TokenKind.DOUBLE_COLON) {
      int start = c.start();
      String source = c.text().substring(start, start + 1) + between(c) + c.tokenText(1);
      return cast(c, source, 2);
    }
    NumberLiteral number = Literals.tryNumber(c);
    if (number != null) {
      return number;
    }
    c.expect(TokenKind.MINUS);
    return prefix(c, "negate", Operator.NEGATE_PRECEDENCE);
  }

  private static String between(Cursor c) {
    int end = c.end();
    return c.text().substring(end, c.start(1));
  }

  private static Expression prefix(Cursor c, String function, int precedence) {
    c.enter();
    Expression operand = Expressions.operators(c, parse(c), precedence + 1);
    c.leave();
    return FunctionCall.operator(
        function,
        function.equals("negate")
            ? Parentheses.ofNegated(operand)
            : Parentheses.ofOperand(operand));
  }

  /** {@code @@name}. */
  private static Expression globalVariable(Cursor c) {
    c.expect(TokenKind.DOUBLE_AT);
    String name = Names.identifier(c);
    if (c.accept(TokenKind.DOT)) {
      name = Names.identifier(c);
    }
    return new Aliased(FunctionCall.call("globalVariable", Literal.of(name)), "@@" + name);
  }

  // ---- Words

  private static Expression word(Cursor c) {
    Expression special =
        switch (c.text().charAt(c.start()) & 0xDF) {
          case 'N' ->
              c.accept("NOT")
                  ? prefix(c, "not", Operator.NOT_PRECEDENCE)
                  : c.at("NULL") || c.at("NAN") ? constant(c) : null;
          case 'T' ->
              c.at("TRUE")
                  ? constant(c)
                  : c.at("TIMESTAMP") && c.kind(1) == TokenKind.STRING
                      ? literalCall(c, "toDateTime")
                      : null;
          case 'F' -> c.at("FALSE") ? constant(c) : null;
          case 'I' ->
              c.at("INTERVAL")
                  ? c.attemptOnce(Intervals::parse)
                  : c.at("INF") || c.at("INFINITY") ? constant(c) : null;
          case 'D' ->
              c.at("DATE") && c.kind(1) == TokenKind.STRING ? literalCall(c, "toDate") : null;
          case 'C' -> caseOrColumns(c);
          default -> null;
        };
    return special == null ? name(c) : special;
  }

  private static @Nullable Expression caseOrColumns(Cursor c) {
    if (c.at("CASE")) {
      return c.attemptOnce(Operands::cases);
    }
    if (c.at("COLUMNS") && c.kind(1) == TokenKind.OPEN_ROUND) {
      return c.attempt(at -> Matchers.columns(at, null));
    }
    return null;
  }

  private static @Nullable Expression constant(Cursor c) {
    boolean name =
        c.kind(1) == TokenKind.OPEN_ROUND
            || c.kind(1) == TokenKind.DOT && c.kind(2) != TokenKind.NUMBER;
    return name ? null : Literals.word(c);
  }

  private static Expression literalCall(Cursor c, String function) {
    c.advance();
    return FunctionCall.call(function, Literal.of(Literals.string(c)));
  }

  /** A name, or the call of a function of that name. */
  private static Expression name(Cursor c) {
    Identifier name = Names.tryCompound(c);
    if (name == null) {
      throw c.fail(NAMES);
    }
    if (c.kind() == TokenKind.OPEN_ROUND && name.parameters().isEmpty()) {
      return Functions.call(c, name);
    }
    if (c.kind() == TokenKind.DOT && c.kind(1) == TokenKind.ASTERISK) {
      c.advance();
      c.advance();
      return new Matcher.QualifiedAsterisk(name, Matchers.transformers(c));
    }
    return name;
  }

  /** {@code CASE [x] WHEN a THEN b ... [ELSE c] END}. */
  private static Expression cases(Cursor c) {
    c.expect("CASE");
    var arguments = new ArrayList<Expression>();
    boolean subject = !c.at("WHEN");
    if (subject) {
      arguments.add(Expressions.parse(c, Expressions.Alias.WITHIN));
    }
    c.expect("WHEN");
    do {
      arguments.add(Expressions.parse(c, Expressions.Alias.WITHIN));
      c.expect("THEN");
      arguments.add(Expressions.parse(c, Expressions.Alias.WITHIN));
    } while (c.accept("WHEN"));
    arguments.add(c.accept("ELSE") ? Expressions.parse(c, Expressions.Alias.WITHIN) : Literal.NULL);
    c.expect("END");
    return FunctionCall.call(subject ? "caseWithExpression" : "multiIf", arguments);
  }

  // ---- Brackets

  private static Expression parentheses(Cursor c) {
    if (Selects.isNextInParentheses(c, 0)) {
      boolean sure = c.atAhead(1, "SELECT");
      Query query = sure ? Selects.parenthesized(c) : c.attemptOnce(Selects::parenthesized);
      if (query != null) {
        return new Subquery(query);
      }
    }
    c.expect(TokenKind.OPEN_ROUND);
    var elements = new ArrayList<Expression>();
    boolean tuple = false;
    while (c.kind() != TokenKind.CLOSE_ROUND) {
      elements.add(Expressions.member(c, Expressions.Alias.WITH_AS, elements));
      if (c.kind() == TokenKind.COMMA) {
        c.advance();
        tuple = true;
      } else if (elements.size() == 1 && elements.getFirst() instanceof Subquery first) {
        elements.set(0, new Subquery(Selects.union(c, first.query())));
        break;
      } else {
        break;
      }
    }
    c.expect(TokenKind.CLOSE_ROUND);
    return inParentheses(elements, tuple);
  }

  private static Expression inParentheses(List<Expression> elements, boolean tuple) {
    if (!tuple && elements.size() == 1) {
      Expression e = elements.getFirst();
      return Parentheses.around(e);
    }
    if (elements.size() >= 2) {
      List<Literal> literals = literals(elements, false);
      if (literals != null) {
        return new Literal.TupleLiteral(literals);
      }
    }
    return elements.size() < 2
        ? FunctionCall.call("tuple", elements)
        : FunctionCall.operator("tuple", elements);
  }

  private static Expression array(Cursor c) {
    c.expect(TokenKind.OPEN_SQUARE);
    var elements = new ArrayList<Expression>();
    if (c.kind() != TokenKind.CLOSE_SQUARE) {
      do {
        elements.add(Expressions.member(c, Expressions.Alias.WITH_AS, elements));
      } while (c.accept(TokenKind.COMMA));
    }
    c.expect(TokenKind.CLOSE_SQUARE);
    List<Literal> literals = literals(elements, true);
    return literals == null
        ? FunctionCall.operator("array", elements)
        : new Literal.ArrayLiteral(literals);
  }

  /**
   * The elements as literals when all of them are; only arrays within arrays and tuples within
   * tuples count.
   */
  private static @Nullable List<Literal> literals(List<Expression> elements, boolean array) {
    var literals = new ArrayList<Literal>(elements.size());
    for (Expression e : elements) {
      Expression plain = e instanceof Parenthesized p ? p.expression() : e;
      if (!(plain instanceof Literal literal)
          || literal instanceof Literal.ArrayLiteral && !array
          || literal instanceof Literal.TupleLiteral && array) {
        return null;
      }
      literals.add(literal);
    }
    return literals;
  }
}
