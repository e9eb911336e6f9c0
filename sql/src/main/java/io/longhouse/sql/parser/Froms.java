package io.longhouse.sql.parser;

import io.longhouse.sql.SqlException;
import io.longhouse.sql.ast.ArrayJoin;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.TableExpression;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The FROM clause: tables and joins. */
final class Froms {
  private Froms() {}

  static From parse(Cursor c, Expressions.Alias alias) {
    TableExpression first = table(c, alias);
    var steps = new ArrayList<From.Step>();
    while (true) {
      From.Step step = step(c, alias);
      if (step == null) {
        return new From(first, steps);
      }
      steps.add(step);
    }
  }

  private static From.@Nullable Step step(Cursor c, Expressions.Alias alias) {
    if (c.kind() == TokenKind.COMMA) {
      c.advance();
      return join(Join.Kind.COMMA, Join.Locality.UNSPECIFIED, table(c, alias));
    }
    if (c.kind() != TokenKind.WORD) {
      c.couldBe("FINAL", "SAMPLE", "ARRAY JOIN", "JOIN");
      return null;
    }
    if (c.accept("LEFT ARRAY JOIN")) {
      return new ArrayJoin(true, Expressions.list(c));
    }
    if (c.accept("ARRAY JOIN") || c.accept("INNER ARRAY JOIN")) {
      return new ArrayJoin(false, Expressions.list(c));
    }
    return tryJoin(c, alias);
  }

  private static Join join(Join.Kind kind, Join.Locality locality, TableExpression right) {
    return new Join(locality, false, Join.Strictness.UNSPECIFIED, kind, right, null, null);
  }

  private static @Nullable Join tryJoin(Cursor c, Expressions.Alias alias) {
    int mark = c.position();
    Join.Locality locality =
        c.accept("GLOBAL")
            ? Join.Locality.GLOBAL
            : c.accept("LOCAL") ? Join.Locality.LOCAL : Join.Locality.UNSPECIFIED;
    boolean natural = c.accept("NATURAL");
    Join.Strictness strictness = strictness(c);
    Join.Kind kind = kind(c);
    if (strictness == Join.Strictness.UNSPECIFIED) {
      strictness = strictness(c);
    }
    if (kind == Join.Kind.LEFT || kind == Join.Kind.RIGHT || kind == Join.Kind.FULL) {
      c.accept("OUTER");
    }
    if (!c.accept("JOIN")) {
      c.reset(mark);
      return null;
    }
    boolean half = strictness == Join.Strictness.SEMI || strictness == Join.Strictness.ANTI;
    if (kind == null) {
      kind = half ? Join.Kind.LEFT : Join.Kind.INNER;
    }
    check(kind, strictness, half);
    TableExpression right = table(c, alias);
    if (kind == Join.Kind.CROSS || kind == Join.Kind.PASTE) {
      return join(kind, locality, right);
    }
    return condition(c, new Join(locality, natural, strictness, kind, right, null, null));
  }

  private static void check(Join.Kind kind, Join.Strictness strictness, boolean half) {
    if (strictness != Join.Strictness.UNSPECIFIED
        && (kind == Join.Kind.CROSS || kind == Join.Kind.PASTE)) {
      throw SqlException.syntax("You must not specify ANY or ALL for " + kind + " JOIN.");
    }
    if (half && kind != Join.Kind.LEFT && kind != Join.Kind.RIGHT) {
      throw SqlException.syntax("SEMI|ANTI JOIN should be LEFT or RIGHT.");
    }
  }

  private static Join condition(Cursor c, Join join) {
    if (join.natural()) {
      return join;
    }
    if (c.accept("USING")) {
      List<Expression> using;
      if (c.accept(TokenKind.OPEN_ROUND)) {
        using = Expressions.list(c);
        c.expect(TokenKind.CLOSE_ROUND);
      } else {
        using = Expressions.list(c);
      }
      return with(join, null, using);
    }
    c.expect("ON");
    return with(join, Expressions.parse(c), null);
  }

  private static Join with(Join j, @Nullable Expression on, @Nullable List<Expression> using) {
    return new Join(j.locality(), j.natural(), j.strictness(), j.kind(), j.right(), on, using);
  }

  private static Join.Strictness strictness(Cursor c) {
    if (c.accept("ANY")) {
      return Join.Strictness.ANY;
    }
    if (c.accept("ALL")) {
      return Join.Strictness.ALL;
    }
    if (c.accept("ASOF")) {
      return Join.Strictness.ASOF;
    }
    if (c.accept("SEMI")) {
      return Join.Strictness.SEMI;
    }
    return c.accept("ANTI") || c.accept("ONLY")
        ? Join.Strictness.ANTI
        : Join.Strictness.UNSPECIFIED;
  }

  private static Join.@Nullable Kind kind(Cursor c) {
    if (c.accept("INNER")) {
      return Join.Kind.INNER;
    }
    if (c.accept("LEFT")) {
      return Join.Kind.LEFT;
    }
    if (c.accept("RIGHT")) {
      return Join.Kind.RIGHT;
    }
    if (c.accept("FULL")) {
      return Join.Kind.FULL;
    }
    if (c.accept("CROSS")) {
      return Join.Kind.CROSS;
    }
    return c.accept("PASTE") ? Join.Kind.PASTE : null;
  }

  // ---- Tables

  static TableExpression table(Cursor c, Expressions.Alias alias) {
    TableExpression.TableSource source = source(c);
    String name = alias == Expressions.Alias.NONE ? null : alias(c, alias);
    List<String> columns = null;
    if ((name != null || source instanceof TableExpression.Derived)
        && c.kind() == TokenKind.OPEN_ROUND) {
      c.advance();
      columns = Names.identifiers(c);
      c.expect(TokenKind.CLOSE_ROUND);
    }
    boolean isFinal = c.accept("FINAL");
    TableExpression.StreamClause stream = c.accept("STREAM") ? stream(c) : null;
    TableExpression.Ratio sample = null;
    TableExpression.Ratio offset = null;
    if (c.accept("SAMPLE")) {
      sample = ratio(c);
      offset = c.accept("OFFSET") ? ratio(c) : null;
    }
    return new TableExpression(source, name, columns, isFinal, stream, sample, offset);
  }

  private static @Nullable String alias(Cursor c, Expressions.Alias alias) {
    return Names.alias(c, alias == Expressions.Alias.BARE && !c.isAfter("FROM"));
  }

  private static TableExpression.StreamClause stream(Cursor c) {
    return new TableExpression.StreamClause(c.accept("CURSOR") ? Settings.map(c) : null);
  }

  private static TableExpression.TableSource source(Cursor c) {
    if (c.kind() == TokenKind.OPEN_ROUND) {
      return new TableExpression.Derived(inParentheses(c));
    }
    TableExpression.TableFunction function = Functions.tryTable(c);
    if (function != null) {
      return function;
    }
    if (c.kind() == TokenKind.STRING) {
      return new TableExpression.NamedTable(Identifier.of(Literals.string(c)));
    }
    Identifier name = Names.tryTable(c);
    if (name == null) {
      throw c.fail("table", "table function", "subquery");
    }
    return new TableExpression.NamedTable(name);
  }

  /** A subquery; or joined tables, which stand for the SELECT of all their columns. */
  private static Query inParentheses(Cursor c) {
    if (Selects.isNextInParentheses(c, 0)) {
      Query query = c.attemptOnce(Selects::parenthesized);
      if (query != null) {
        return query;
      }
      if (c.atAhead(1, "SELECT")) {
        return Selects.parenthesized(c);
      }
    }
    c.enter();
    c.expect(TokenKind.OPEN_ROUND);
    From from = parse(c, Expressions.Alias.BARE);
    if (from.steps().isEmpty()) {
      throw c.fail("JOIN");
    }
    c.expect(TokenKind.CLOSE_ROUND);
    c.leave();
    return Select.of(List.of(new Matcher.Asterisk(List.of())), from);
  }

  /** {@code 0.1}, {@code 1/10}, {@code 1000}. */
  private static TableExpression.Ratio ratio(Cursor c) {
    BigDecimal value = decimal(c);
    if (c.accept(TokenKind.SLASH)) {
      BigDecimal by = decimal(c);
      int scale = Math.max(value.scale(), by.scale());
      return new TableExpression.Ratio(scaled(value, scale), scaled(by, scale));
    }
    int scale = Math.max(0, value.scale());
    return new TableExpression.Ratio(scaled(value, scale), BigInteger.TEN.pow(scale));
  }

  private static BigInteger scaled(BigDecimal value, int scale) {
    return value.setScale(Math.max(0, scale)).unscaledValue();
  }

  private static BigDecimal decimal(Cursor c) {
    if (c.kind() != TokenKind.NUMBER || c.tokenText().length() > 40) {
      throw c.fail("number");
    }
    try {
      BigDecimal value = new BigDecimal(c.tokenText());
      if (Math.abs(value.scale()) > 40) {
        throw c.fail("number");
      }
      c.advance();
      return value;
    } catch (NumberFormatException _) {
      throw c.fail("number");
    }
  }
}
