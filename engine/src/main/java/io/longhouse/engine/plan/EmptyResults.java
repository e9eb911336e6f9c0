package io.longhouse.engine.plan;

import io.longhouse.column.Column;
import io.longhouse.function.expr.Expr;
import java.util.List;

/** What no row can pass is not computed: a condition that is false, {@code LIMIT 0}. */
final class EmptyResults {
  private EmptyResults() {}

  static Plan apply(Plan plan) {
    boolean none =
        plan instanceof Plan.Filter f
                && Conditions.conjunctsOf(f.condition()).stream().anyMatch(EmptyResults::isFalse)
            || plan instanceof Plan.Limit l && l.limit() == 0 && !l.countAll();
    return none && !hasTotals(plan)
        ? new Plan.Values(plan.header(), List.of())
        : PlanRewriter.mapInputs(plan, EmptyResults::apply);
  }

  private static boolean isFalse(Expr e) {
    if (!(e instanceof Expr.Constant c)) {
      return false;
    }
    Column value = c.value().full();
    return value.isNullAt(0) || c.type().textOf(value, 0).equals("0");
  }

  private static boolean hasTotals(Plan plan) {
    return plan instanceof Plan.Aggregate a && a.totals()
        || plan.inputs().stream().anyMatch(EmptyResults::hasTotals);
  }
}
