package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.ShardQuery;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.GroupBy;
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

  /** What is sorted and limited by as it was written, with what it means. */
  private final List<Grouping.WrittenKey> written = new ArrayList<>();

  private int limitByKeys;

  OrderAnalysis(SelectAnalysis analysis, List<SelectAnalysis.Output> outputs) {
    this.analysis = analysis;
    this.select = analysis.select;
    if (select.orderByAll()) {
      OrderItem how = select.orderBy().getFirst();
      for (SelectAnalysis.Output o : outputs) {
        add(o.expr(), how);
      }
    } else {
      for (OrderItem i : select.orderBy()) {
        add(resolve(i.expression()), i);
      }
    }
    LimitBy by = select.limitBy();
    if (by != null) {
      if (by.all()) {
        outputs.forEach(o -> addLimitKey(o.expr()));
      } else {
        for (Expression k : by.keys()) {
          addLimitKey(resolve(k));
        }
      }
    }
  }

  private Expr resolve(Expression key) {
    Expression meant = PositionalArguments.of(key, analysis);
    Expr e = analysis.resolve(meant, true);
    written.add(new Grouping.WrittenKey(meant, e));
    return e;
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

  /** The same as they were written; what ALL stands for is not among them. */
  List<Grouping.WrittenKey> written() {
    return written;
  }

  /**
   * @param places where {@link #expressions} stand in the plan's columns
   * @param outputs how many of the plan's columns the query shows
   */
  Plan plan(Plan input, int[] places, int outputs, boolean distinct) {
    Plan plan = input;
    Limit clause = select.limit();
    Expression limitExpression = clause == null ? null : clause.limit();
    Expression offsetExpression = clause == null ? null : clause.offset();
    Plan.Amount limited = limitExpression == null ? null : amount(limitExpression, "LIMIT");
    Plan.Amount skipped =
        offsetExpression == null
            ? new Plan.Amount(0, 0, false)
            : amount(offsetExpression, "OFFSET");
    ShardQuery shard = analysis.shard;
    boolean sliced = isSlice(limited) || isSlice(skipped);
    long limit = limited == null || sliced ? -1 : limited.rows();
    long offset = sliced ? 0 : skipped.rows();
    if (shard != null) {
      // Rows of other shards may take the places of those that are skipped.
      limit = limit < 0 || !shard.limits() ? -1 : Math.max(limit + offset, limit);
      offset = 0;
    }
    boolean ties = clause != null && clause.withTies();
    boolean fills = hasFill() && shard == null;
    boolean plain = select.limitBy() == null && !ties && !fills;
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
    if (by != null && (shard == null || shard.limits())) {
      plan = limitBy(plan, by, places);
    }
    if (fills) {
      plan = FillAnalysis.plan(plan, keys, items, select, analysis);
    }
    if (sliced) {
      checkSlice(limited, skipped);
    }
    if (sliced && shard == null) {
      plan = new Plan.Slice(plan, limited, skipped, ties ? keys : List.of());
    }
    if (limit >= 0 || offset > 0) {
      plan =
          new Plan.Limit(
              plan,
              limit < 0 ? Long.MAX_VALUE : limit,
              offset,
              ties ? keys : List.of(),
              readsAll());
    }
    return plan;
  }

  /** Totals are those of all groups, whatever LIMIT leaves of them. */
  private boolean readsAll() {
    GroupBy g = select.groupBy();
    return g != null && g.totals()
        || analysis.analyzer.context().settings().isOn("exact_rows_before_limit");
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
    long rows = limit == null ? Long.MAX_VALUE : countBy(limit, "LIMIT");
    long skipped = offset == null ? 0 : countBy(offset, "OFFSET");
    if (analysis.shard != null) {
      boolean bounded = rows >= 0 && skipped >= 0 && rows + skipped >= 0;
      return bounded ? new Plan.LimitBy(plan, rows + skipped, 0, keys) : plan;
    }
    return new Plan.LimitBy(plan, rows, skipped, keys);
  }

  /** Of LIMIT BY: negative when it counts from the end. */
  private long countBy(Expression e, String clause) {
    Plan.Amount a = amount(e, clause);
    if (a.share() > 0) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Fractional LIMIT/OFFSET with LIMIT BY is not supported yet");
    }
    return a.fromEnd() ? -a.rows() : a.rows();
  }

  private static boolean isSlice(Plan.@Nullable Amount a) {
    return a != null && (a.fromEnd() || a.share() > 0);
  }

  private static void checkSlice(Plan.@Nullable Amount limit, Plan.Amount offset) {
    if (limit == null) {
      return;
    }
    if (limit.fromEnd() && offset.share() > 0) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Negative LIMIT is not supported with fractional OFFSET yet");
    }
    if (limit.share() > 0 && offset.fromEnd()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Fractional LIMIT is not supported with negative OFFSET yet");
    }
  }

  private Plan.Amount amount(Expression e, String clause) {
    Expr value = analysis.expressions.resolve(e, analysis);
    if (!(value instanceof Expr.Constant c)) {
      throw new LonghouseException(
          ErrorCode.INVALID_LIMIT_EXPRESSION,
          clause + " expression must be constant, found " + Formatter.formatOneLine(e));
    }
    DataType type = io.longhouse.column.type.NullableType.strip(c.type());
    boolean integer = type instanceof IntegerType t && t.bytes() <= 8;
    if (!integer && !(type instanceof FloatType) || c.value().isNullAt(0)) {
      throw new LonghouseException(
          ErrorCode.INVALID_LIMIT_EXPRESSION,
          clause
              + " expression must be constant with numeric type. Actual: "
              + Formatter.formatOneLine(e));
    }
    String text = c.type().textOf(c.value(), 0);
    if (type instanceof FloatType) {
      return amount(Double.parseDouble(text), text, clause);
    }
    if (text.startsWith("-")) {
      return new Plan.Amount(-Long.parseLong(text), 0, true);
    }
    long n = Long.parseUnsignedLong(text);
    return new Plan.Amount(n < 0 ? Long.MAX_VALUE : n, 0, false);
  }

  private static Plan.Amount amount(double value, String text, String clause) {
    if (value > 0 && value < 1) {
      return new Plan.Amount(0, value, false);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e18) {
      return new Plan.Amount((long) Math.abs(value), 0, value < 0);
    }
    throw new LonghouseException(
        ErrorCode.INVALID_LIMIT_EXPRESSION,
        "The value "
            + text
            + " of "
            + clause
            + " expression is not representable as UInt64 or Int64 or Float64 in the range (0, 1)");
  }
}
