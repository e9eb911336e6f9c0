package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Children;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.ast.TableExpression;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code = ANY (SELECT ...)} and {@code > ALL (SELECT ...)}, as the expressions that they mean. */
final class Quantifiers {
  private Quantifiers() {}

  /** Null, with nothing skipped, when no quantifier is next. */
  static @Nullable Expression tryParse(Cursor c, String comparison, Expression left) {
    boolean any = c.at("ANY");
    boolean some = c.at("SOME");
    boolean all = c.at("ALL");
    if (!any && !some && !all || c.kind(1) != TokenKind.OPEN_ROUND) {
      return null;
    }
    int mark = c.position();
    c.advance();
    Query query = c.attempt(Selects::parenthesized);
    if (query != null) {
      return quantify(c, comparison, left, query, all);
    }
    if (any) {
      c.reset(mark);
      return null;
    }
    Expression array =
        c.attempt(at -> {
          at.expect(TokenKind.OPEN_ROUND);
          Expression e = Expressions.parse(at);
          at.expect(TokenKind.CLOSE_ROUND);
          return e;
        });
    if (array == null) {
      c.reset(mark);
      return null;
    }
    return overArray(comparison, left, array, all);
  }

  private static Expression quantify(
      Cursor c, String comparison, Expression left, Query query, boolean all) {
    return switch (comparison) {
      case "equals" ->
          FunctionCall.operator("in", left, all ? over("singleValueOrNull", query) : sub(query));
      case "notEquals" ->
          FunctionCall.operator("notIn", left, all ? sub(query) : over("singleValueOrNull", query));
      case "greater", "greaterOrEquals" ->
          FunctionCall.operator(comparison, left, over(all ? "max" : "min", query));
      case "less", "lessOrEquals" ->
          FunctionCall.operator(comparison, left, over(all ? "min" : "max", query));
      default -> throw c.fail("comparison");
    };
  }

  private static Expression sub(Query query) {
    return new Subquery(query);
  }

  /** {@code (SELECT aggregate(*) FROM (query))}. */
  private static Expression over(String aggregate, Query query) {
    Expression call = FunctionCall.call(aggregate, new Matcher.Asterisk(List.of()));
    From from = new From(TableExpression.of(new TableExpression.Derived(query)), List.of());
    return new Subquery(Select.of(List.of(call), from));
  }

  private static Expression overArray(
      String comparison, Expression left, Expression array, boolean all) {
    if (!all && comparison.equals("equals")) {
      return FunctionCall.call("has", array, left);
    }
    if (all && comparison.equals("notEquals")) {
      return FunctionCall.operator("not", FunctionCall.call("has", array, left));
    }
    var used = new HashSet<String>();
    collect(left, used);
    String name = "_a";
    for (int i = 1; used.contains(name); i++) {
      name = "_a" + i;
    }
    Expression body = FunctionCall.operator(comparison, left, Identifier.of(name));
    return FunctionCall.call(
        all ? "arrayAll" : "arrayExists", new Lambda(List.of(name), body), array);
  }

  private static void collect(Expression e, Set<String> names) {
    if (e instanceof Identifier i) {
      names.add(i.name());
      names.addAll(i.parts());
    }
    Children.forEachChild(e, child -> collect(child, names));
  }
}
