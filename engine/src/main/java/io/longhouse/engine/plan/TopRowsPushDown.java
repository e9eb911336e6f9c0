package io.longhouse.engine.plan;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.TopThreshold;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ORDER BY key LIMIT n} over a large table: the scan gets the condition that a row's key is
 * among the best so far, see {@link TopThreshold}, and so reads the other columns only where such
 * rows are.
 */
final class TopRowsPushDown {
  /** In a small table a pass over everything costs less than to find out. */
  private static final long TABLE_ROWS_MIN = 200_000;

  private final QueryContext context;
  private final long limitMax;

  private TopRowsPushDown(QueryContext context) {
    this.context = context;
    this.limitMax = context.settings().number("query_plan_max_limit_for_top_k_optimization");
  }

  static Plan apply(Plan plan, QueryContext context) {
    return context.settings().isOn("use_top_k_dynamic_filtering")
        ? new TopRowsPushDown(context).visit(plan)
        : plan;
  }

  private Plan visit(Plan plan) {
    if (plan instanceof Plan.Sort s
        && s.limit() > 0
        && s.limit() <= limitMax
        && s.keys().getFirst().collation() == null) {
      Plan input = push(s.input(), s.keys().getFirst().column(), s);
      if (input != null) {
        return new Plan.Sort(input, s.keys(), s.limit());
      }
    }
    return PlanRewriter.mapInputs(plan, this::visit);
  }

  /** The same step with the condition in its scan; null if it cannot go there. */
  private @Nullable Plan push(Plan plan, int column, Plan.Sort sort) {
    if (plan instanceof Plan.Project p
        && p.expressions().get(column) instanceof Expr.Input key
        && p.expressions().stream().allMatch(Exprs::isDeterministic)) {
      Plan input = push(p.input(), key.index(), sort);
      return input == null ? null : new Plan.Project(input, p.expressions(), p.header());
    }
    return plan instanceof Plan.Scan s && suits(s, column, sort) ? narrowed(s, column, sort) : null;
  }

  private static boolean suits(Plan.Scan s, int column, Plan.Sort sort) {
    ScanRequest r = s.request();
    Expr filter = r.filter();
    DataType type = s.header().type(column);
    boolean nanFirst = type instanceof FloatType && sort.keys().getFirst().nullsFirst();
    return type.hasOrderLongs()
        && !nanFirst
        && s.header().size() > 1
        && r.limit() == 0
        && !r.isFinal()
        && r.sample() == null
        && (filter == null || filter.type().equals(IntegerType.UINT8))
        && s.table().engine().endsWith("MergeTree")
        && (r.guarded() || s.table().rowsAtMost().orElse(0) >= enough(sort));
  }

  /** Where a policy hides rows, how many there are must not be seen from the plan. */
  private static long enough(Plan.Sort sort) {
    return Math.max(TABLE_ROWS_MIN, 20 * sort.limit());
  }

  private Plan narrowed(Plan.Scan s, int column, Plan.Sort sort) {
    ScanRequest r = s.request();
    DataType type = s.header().type(column);
    boolean descending = sort.keys().getFirst().descending();
    // Behind a policy, which of equal rows come first must not depend on what is read first.
    boolean strict =
        sort.keys().size() == 1 && !(r.guarded() && s.table().isKey(r.columns().get(column)));
    var function = new TopThreshold(type, descending, strict, (int) sort.limit());
    Expr key = new Expr.Input(column, type);
    Expr filter = r.filter();
    // Behind a policy it is asked last, of rows that everything else has left.
    Expr top =
        new Expr.Call(
            "topRows",
            function,
            filter == null || r.guarded() ? List.of(key) : List.of(key, filter));
    Expr narrow = filter == null ? top : and(filter, top);
    return new Plan.Scan(s.table(), r.withFilter(narrow), s.header());
  }

  private Expr and(Expr a, Expr b) {
    List<Expr> both = List.of(a, b);
    return new Expr.Call(
        "and",
        Functions.resolve("and", both.stream().map(Expr::asArgument).toList(), context),
        both);
  }
}
