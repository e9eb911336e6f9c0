package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Limit;
import io.longhouse.sql.ast.LimitBy;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes behind the projection: DISTINCT, ORDER BY, LIMIT BY, WITH FILL, LIMIT. */
final class OrderAnalysis {
  private final SelectAnalysis analysis;
  private final Select select;
  private final List<Expr> expressions = new ArrayList<>();
  private final List<OrderItem> items = new ArrayList<>();
  private int limitByKeys;

  OrderAnalysis(SelectAnalysis analysis, List<SelectAnalysis.Output> outputs) {
    this.analysis = analysis;
    this.select = analysis.select;
    var planner = new SelectPlanner(analysis);
    if (select.orderByAll()) {
      OrderItem how = select.orderBy().getFirst();
      for (SelectAnalysis.Output o : outputs) {
        add(o.expr(), how);
      }
    } else {
      for (OrderItem i : select.orderBy()) {
        Expr e = analysis.resolve(planner.positional(i.expression()), true);
        add(e, i);
      }
    }
    LimitBy by = select.limitBy();
    if (by != null) {
      if (by.all()) {
        outputs.forEach(o -> addLimitKey(o.expr()));
      } else {
        for (Expression k : by.keys()) {
          addLimitKey(analysis.resolve(planner.positional(k), true));
        }
      }
    }
  }

  private void add(Expr e, OrderItem how) {
    if (!e.type().isComparable()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN, "Data type " + e.type().name() + " is not allowed in ORDER BY");
    }
    String locale = collation(how.collation());
    expressions.add(locale == null ? e : CollationKeys.of(e, locale, analysis.analyzer.context()));
    items.add(how);
  }

  private void addLimitKey(Expr e) {
    expressions.add(e);
    limitByKeys++;
  }

  /** The sort keys, then the keys of LIMIT BY. */
  List<Expr> expressions() {
    return expressions;
  }

  /**
   * @param places where {@link #expressions} stand in the plan's columns
   * @param outputs how many of the plan's columns the query shows
   */
  Plan plan(Plan input, int[] places, int outputs, boolean distinct) {
    Plan plan = input;
    Limit written = select.limit();
    Expression limitExpression = written == null ? null : written.limit();
    Expression offsetExpression = written == null ? null : written.offset();
    long limit = limitExpression == null ? -1 : count(limitExpression, "LIMIT");
    long offset = offsetExpression == null ? 0 : count(offsetExpression, "OFFSET");
    boolean ties = written != null && written.withTies();
    boolean plain = select.limitBy() == null && !ties && !hasFill();
    long enough = limit >= 0 && plain && limit + offset > 0 ? limit + offset : 0;
    if (distinct) {
      List<Integer> keys = new ArrayList<>();
      for (int i = 0; i < outputs; i++) {
        keys.add(i);
      }
      plan = new Plan.Distinct(plan, keys, items.isEmpty() ? enough : 0);
    }
    List<Plan.SortKey> keys = sortKeys(places);
    if (!keys.isEmpty()) {
      plan = new Plan.Sort(plan, keys, enough);
    }
    LimitBy by = select.limitBy();
    if (by != null) {
      plan = limitBy(plan, by, places);
    }
    if (hasFill()) {
      plan = FillAnalysis.plan(plan, keys, items, select, analysis);
    }
    if (limit >= 0 || offset > 0) {
      plan =
          new Plan.Limit(
              plan,
              limit < 0 ? Long.MAX_VALUE : limit,
              offset,
              ties ? keys : List.of(),
              analysis.analyzer.context().settings().isOn("exact_rows_before_limit"));
    }
    return plan;
  }

  private boolean hasFill() {
    return items.stream().anyMatch(i -> i.fill() != null);
  }

  private List<Plan.SortKey> sortKeys(int[] places) {
    List<Plan.SortKey> keys = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      OrderItem item = items.get(i);
      if (expressions.get(i) instanceof Expr.Constant && item.fill() == null) {
        continue;
      }
      boolean descending = item.direction() == OrderItem.Direction.DESC;
      keys.add(
          new Plan.SortKey(places[i], descending, item.nulls() == OrderItem.Nulls.FIRST, null));
    }
    return keys;
  }

  private static @Nullable String collation(@Nullable Expression e) {
    if (e == null) {
      return null;
    }
    if (e.bare() instanceof Literal.StringLiteral s) {
      return s.value();
    }
    throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "COLLATE expects a string");
  }

  private Plan limitBy(Plan plan, LimitBy by, int[] places) {
    List<Integer> keys = new ArrayList<>();
    for (int i = items.size(); i < items.size() + limitByKeys; i++) {
      keys.add(places[i]);
    }
    Expression limit = by.limit();
    Expression offset = by.offset();
    return new Plan.LimitBy(
        plan,
        limit == null ? Long.MAX_VALUE : count(limit, "LIMIT"),
        offset == null ? 0 : count(offset, "OFFSET"),
        keys);
  }

  private long count(Expression e, String clause) {
    Expr value = analysis.expressions.resolve(e, analysis);
    if (!(value instanceof Expr.Constant c)) {
      throw new LonghouseException(
          ErrorCode.INVALID_LIMIT_EXPRESSION,
          clause + " expression must be constant, found " + Formatter.formatOneLine(e));
    }
    DataType type = io.longhouse.column.type.NullableType.strip(c.type());
    if (type instanceof FloatType) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "A fractional " + clause + " is not implemented");
    }
    boolean integer = type instanceof IntegerType t && t.bytes() <= 8;
    if (!integer || c.value().isNullAt(0)) {
      throw new LonghouseException(
          ErrorCode.INVALID_LIMIT_EXPRESSION,
          "The value "
              + c.type().textOf(c.value(), 0)
              + " of "
              + clause
              + " expression is not a number");
    }
    String text = c.type().textOf(c.value(), 0);
    if (text.startsWith("-")) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "A negative " + clause + " is not implemented");
    }
    long n = Long.parseUnsignedLong(text);
    return n < 0 ? Long.MAX_VALUE : n;
  }
}
