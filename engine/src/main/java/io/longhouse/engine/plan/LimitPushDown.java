package io.longhouse.engine.plan;

import io.longhouse.engine.table.ScanRequest;

/** Tells a scan how many rows suffice when nothing between it and a LIMIT changes their number. */
final class LimitPushDown {
  private LimitPushDown() {}

  static Plan apply(Plan plan) {
    if (plan instanceof Plan.Limit l && l.ties().isEmpty() && !l.countAll()) {
      long enough = l.limit() + l.offset();
      return new Plan.Limit(
          enough > 0 ? push(l.input(), enough) : apply(l.input()),
          l.limit(),
          l.offset(),
          l.ties(),
          false);
    }
    return PlanRewriter.mapInputs(plan, LimitPushDown::apply);
  }

  private static Plan push(Plan plan, long limit) {
    return switch (plan) {
      case Plan.Project p -> new Plan.Project(push(p.input(), limit), p.expressions(), p.header());
      case Plan.Scoped p -> new Plan.Scoped(push(p.input(), limit), p.settings());
      case Plan.Scan s when s.request().filter() == null -> {
        ScanRequest r = s.request();
        yield new Plan.Scan(s.table(), r.withLimit(limit), s.header());
      }
      default -> apply(plan);
    };
  }
}
