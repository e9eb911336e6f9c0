package io.longhouse.engine.plan;

import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import java.util.List;
import java.util.function.UnaryOperator;

/** The same step over other inputs: the one place that knows how to put inputs back. */
public final class PlanRewriter {
  private PlanRewriter() {}

  /** The step over what {@code f} makes of its inputs. */
  public static Plan mapInputs(Plan plan, UnaryOperator<Plan> f) {
    return switch (plan) {
      case Plan.OneRow p -> p;
      case Plan.Values p -> p;
      case Plan.Scan p -> p;
      case Plan.Remote p -> p;
      case Plan.Secured p ->
          new Plan.Secured(f.apply(p.input()), p.access(), p.database(), p.table());
      case Plan.Filter p -> new Plan.Filter(f.apply(p.input()), p.condition());
      case Plan.Guarded p -> new Plan.Guarded(f.apply(p.input()), p.condition(), p.name());
      case Plan.Project p -> new Plan.Project(f.apply(p.input()), p.expressions(), p.header());
      case Plan.ArrayJoin p ->
          new Plan.ArrayJoin(f.apply(p.input()), p.columns(), p.left(), p.header());
      case Plan.Aggregate p ->
          new Plan.Aggregate(
              f.apply(p.input()),
              p.keys(),
              p.groupingSets(),
              p.aggregates(),
              p.having(),
              p.totals(),
              p.header());
      case Plan.Sort p -> new Plan.Sort(f.apply(p.input()), p.keys(), p.limit());
      case Plan.LateColumns p ->
          new Plan.LateColumns(f.apply(p.input()), p.places(), p.address(), p.header());
      case Plan.Limit p ->
          new Plan.Limit(f.apply(p.input()), p.limit(), p.offset(), p.ties(), p.countAll());
      case Plan.Slice p -> new Plan.Slice(f.apply(p.input()), p.limit(), p.offset(), p.ties());
      case Plan.LimitBy p -> new Plan.LimitBy(f.apply(p.input()), p.limit(), p.offset(), p.keys());
      case Plan.Distinct p -> new Plan.Distinct(f.apply(p.input()), p.keys(), p.limit());
      case Plan.Union p -> new Plan.Union(p.inputs().stream().map(f).toList(), p.header());
      case Plan.SetDifference p ->
          new Plan.SetDifference(
              f.apply(p.left()), f.apply(p.right()), p.intersect(), p.distinct());
      case Plan.Join p ->
          new Plan.Join(
              f.apply(p.left()),
              f.apply(p.right()),
              p.kind(),
              p.strictness(),
              p.leftKeys(),
              p.rightKeys(),
              p.residual(),
              p.asof(),
              p.nulls(),
              p.global(),
              p.header());
      case Plan.Window p ->
          new Plan.Window(
              f.apply(p.input()), p.partitionBy(), p.orderBy(), p.frame(), p.calls(), p.header());
      case Plan.Scoped p -> new Plan.Scoped(f.apply(p.input()), p.settings());
      case Plan.Fill p -> new Plan.Fill(f.apply(p.input()), p.keys(), p.ranges(), p.interpolate());
    };
  }

  /** The plan with {@code f} applied to every expression of its steps. */
  public static Plan mapExpressions(Plan plan, UnaryOperator<Expr> f) {
    Plan p = mapInputs(plan, in -> mapExpressions(in, f));
    return switch (p) {
      case Plan.Scan s -> {
        ScanRequest r = s.request();
        ScanRequest filtered = r.filter() == null ? r : r.withFilter(f.apply(r.filter()));
        yield new Plan.Scan(
            s.table(),
            r.prewhere() == null ? filtered : filtered.withPrewhere(f.apply(r.prewhere())),
            s.header());
      }
      case Plan.Filter s -> new Plan.Filter(s.input(), f.apply(s.condition()));
      case Plan.Guarded s -> new Plan.Guarded(s.input(), f.apply(s.condition()), s.name());
      case Plan.Project s ->
          new Plan.Project(s.input(), s.expressions().stream().map(f).toList(), s.header());
      case Plan.Aggregate s ->
          new Plan.Aggregate(
              s.input(),
              s.keys().stream().map(f).toList(),
              s.groupingSets(),
              s.aggregates().stream()
                  .map(c -> c.of(c.arguments().stream().map(f).toList()))
                  .toList(),
              s.having() == null ? null : f.apply(s.having()),
              s.totals(),
              s.header());
      case Plan.Join s ->
          new Plan.Join(
              s.left(),
              s.right(),
              s.kind(),
              s.strictness(),
              s.leftKeys(),
              s.rightKeys(),
              s.residual() == null ? null : f.apply(s.residual()),
              s.asof(),
              s.nulls(),
              s.global(),
              s.header());
      case Plan.Window s ->
          new Plan.Window(
              s.input(),
              s.partitionBy(),
              s.orderBy(),
              s.frame(),
              s.calls().stream().map(c -> mapCall(c, f)).toList(),
              s.header());
      case Plan.OneRow _, Plan.Values _, Plan.Remote _, Plan.Secured _, Plan.ArrayJoin _ -> p;
      case Plan.Sort _, Plan.LateColumns _, Plan.Limit _, Plan.Slice _, Plan.LimitBy _ -> p;
      case Plan.Distinct _, Plan.Union _, Plan.SetDifference _, Plan.Scoped _, Plan.Fill _ -> p;
    };
  }

  private static Plan.WindowCall mapCall(Plan.WindowCall call, UnaryOperator<Expr> f) {
    List<Expr> arguments = call.arguments().stream().map(f).toList();
    return switch (call) {
      case Plan.WindowAggregateCall c ->
          new Plan.WindowAggregateCall(c.name(), c.function(), arguments);
      case Plan.WindowFunctionCall c ->
          new Plan.WindowFunctionCall(c.name(), c.function(), arguments);
    };
  }

  static List<Plan> mapAll(List<Plan> plans, UnaryOperator<Plan> f) {
    return plans.stream().map(f).toList();
  }
}
