package io.longhouse.engine.plan;

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
              p.header());
      case Plan.Window p ->
          new Plan.Window(
              f.apply(p.input()), p.partitionBy(), p.orderBy(), p.frame(), p.calls(), p.header());
      case Plan.Scoped p -> new Plan.Scoped(f.apply(p.input()), p.settings());
      case Plan.Fill p -> new Plan.Fill(f.apply(p.input()), p.keys(), p.ranges(), p.interpolate());
    };
  }

  static List<Plan> mapAll(List<Plan> plans, UnaryOperator<Plan> f) {
    return plans.stream().map(f).toList();
  }
}
