package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.With;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Queries: SELECT, what combines them, and what may stand for one. */
final class Selects {
  private static final int TOKENS_OF_PARENTHESES_MAX = 1000;

  private Selects() {}

  static Statement statement(Cursor c) {
    return parse(c);
  }

  /** Whether a query may begin some tokens ahead, parentheses in front of it not counted. */
  static boolean isNext(Cursor c, int ahead) {
    int i = ahead;
    while (c.kind(i) == TokenKind.OPEN_ROUND && i < TOKENS_OF_PARENTHESES_MAX) {
      i++;
    }
    return isQueryWord(c, i);
  }

  /** Whether parentheses that begin some tokens ahead hold what stands for a query. */
  static boolean isNextInParentheses(Cursor c, int ahead) {
    return isNext(c, ahead + 1)
        || c.atAhead(ahead + 1, "VALUES") && c.kind(ahead + 2) == TokenKind.OPEN_ROUND;
  }

  private static boolean isQueryWord(Cursor c, int i) {
    if (c.kind(i) != TokenKind.WORD) {
      return false;
    }
    return c.atAhead(i, "SELECT")
        || c.atAhead(i, "WITH")
        || c.atAhead(i, "FROM")
        || c.atAhead(i, "EXPLAIN");
  }

  /** A query with its UNIONs. */
  static Query parse(Cursor c) {
    c.enter();
    Query query = union(c, operand(c));
    c.leave();
    return query;
  }

  /** The query that begins with {@code first} and goes on with what combines it with others. */
  static Query union(Cursor c, Query first) {
    SetOperation.Operator operator = setOperator(c);
    if (operator == null) {
      return first;
    }
    var queries = new ArrayList<Query>();
    var operators = new ArrayList<SetOperation.Operator>();
    queries.add(first);
    while (operator != null) {
      operators.add(operator);
      queries.add(operand(c));
      operator = setOperator(c);
    }
    return new SetOperation(queries, operators);
  }

  private static Query operand(Cursor c) {
    return c.kind() == TokenKind.OPEN_ROUND ? parenthesized(c) : select(c);
  }

  /** A query in parentheses, which are gone then. */
  static Query parenthesized(Cursor c) {
    c.expect(TokenKind.OPEN_ROUND);
    Query query =
        c.at("EXPLAIN")
            ? explained(c)
            : c.at("VALUES") && c.kind(1) == TokenKind.OPEN_ROUND ? values(c) : parse(c);
    c.expect(TokenKind.CLOSE_ROUND);
    return query;
  }

  private static SetOperation.@Nullable Operator setOperator(Cursor c) {
    if (c.kind() != TokenKind.WORD) {
      c.couldBe("UNION", "EXCEPT", "INTERSECT");
      return null;
    }
    if (c.accept("UNION")) {
      return c.accept("ALL")
          ? SetOperation.Operator.UNION_ALL
          : c.accept("DISTINCT")
              ? SetOperation.Operator.UNION_DISTINCT
              : SetOperation.Operator.UNION;
    }
    if (c.accept("EXCEPT")) {
      return c.accept("ALL")
          ? SetOperation.Operator.EXCEPT_ALL
          : c.accept("DISTINCT")
              ? SetOperation.Operator.EXCEPT_DISTINCT
              : SetOperation.Operator.EXCEPT;
    }
    if (c.accept("INTERSECT")) {
      return c.accept("ALL")
          ? SetOperation.Operator.INTERSECT_ALL
          : c.accept("DISTINCT")
              ? SetOperation.Operator.INTERSECT_DISTINCT
              : SetOperation.Operator.INTERSECT;
    }
    return null;
  }

  /** {@code VALUES (1, 2), (3, 4)} as a query. */
  private static Query values(Cursor c) {
    c.expect("VALUES");
    List<Expression> rows = Expressions.list(c, Expressions.Alias.NONE);
    return overFunction(FunctionCall.call("SQLStandardValues", rows));
  }

  /** {@code EXPLAIN ...} as a query. */
  private static Query explained(Cursor c) {
    Explain explain = Explains.parse(c);
    String settings =
        explain.settings().stream()
            .map(s ->
                s.name()
                    + " = "
                    + (s.value() == null ? "DEFAULT" : Formatter.formatOneLine(s.value())))
            .collect(Collectors.joining(", "));
    var arguments = new ArrayList<Expression>();
    arguments.add(Literal.of(explain.kind().sql()));
    arguments.add(Literal.of(settings));
    if (explain.statement() instanceof Query query) {
      arguments.add(new Subquery(query));
    } else if (explain.statement() != null) {
      throw c.fail("SELECT");
    }
    return overFunction(FunctionCall.call("viewExplain", arguments));
  }

  private static Query overFunction(FunctionCall call) {
    var table = TableExpression.of(new TableExpression.TableFunction(call, List.of()));
    return Select.of(List.of(new Matcher.Asterisk(List.of())), new From(table, List.of()));
  }

  // ---- WITH

  static @Nullable With with(Cursor c) {
    if (!c.accept("WITH")) {
      return null;
    }
    boolean recursive = c.at("RECURSIVE") && c.kind(1) != TokenKind.COMMA && !c.atAhead(1, "AS");
    if (recursive) {
      c.advance();
    }
    var items = new ArrayList<With.Item>();
    do {
      if (!items.isEmpty() && (c.at("SELECT") || c.at("FROM") || c.at("INSERT INTO"))) {
        break;
      }
      With.Item table = c.attemptOnce(Selects::withTable);
      items.add(table == null ? scalar(c, items.size()) : table);
    } while (c.accept(TokenKind.COMMA));
    return new With(recursive, items);
  }

  private static With.Item scalar(Cursor c, int index) {
    Expression e = Expressions.topElement(c, Expressions.Alias.WITH_AS);
    return new With.Scalar(Parentheses.ofElement(e, index));
  }

  private static With.@Nullable Item withTable(Cursor c) {
    if (c.kind() != TokenKind.WORD && c.kind() != TokenKind.QUOTED_IDENTIFIER) {
      return null;
    }
    String name = Names.identifier(c);
    List<String> columns = null;
    if (c.accept(TokenKind.OPEN_ROUND)) {
      columns = Names.identifiers(c);
      c.expect(TokenKind.CLOSE_ROUND);
    }
    if (!c.accept("AS")) {
      return null;
    }
    boolean materialized = c.accept("MATERIALIZED");
    if (c.kind() != TokenKind.OPEN_ROUND || !isNext(c, 1)) {
      return null;
    }
    return new With.Table(name, columns, materialized, parenthesized(c));
  }

  // ---- SELECT

  private static Select select(Cursor c) {
    c.enter();
    With with = with(c);
    From from = c.accept("FROM") ? Froms.parse(c, Expressions.Alias.WITH_AS) : null;
    if (!c.accept("SELECT")) {
      throw c.fail("SELECT query", "SELECT");
    }
    Select select = SelectClauses.parse(c, with, from);
    c.leave();
    return select;
  }

  /** SETTINGS, empty without. */
  static List<Setting> settings(Cursor c) {
    return c.accept("SETTINGS") ? Settings.list(c) : List.of();
  }
}
