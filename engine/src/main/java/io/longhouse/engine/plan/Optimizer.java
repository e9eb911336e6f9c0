package io.longhouse.engine.plan;

import io.longhouse.engine.exec.QueryContext;

/** Rewrites a plan into one that gives the same rows with less work. */
public final class Optimizer {
  private Optimizer() {}

  public static Plan optimize(Plan plan, QueryContext context) {
    Plan p = FilterPushDown.apply(plan, context);
    p = ColumnPruning.apply(p);
    p = MetadataCount.apply(p, context);
    p = LimitPushDown.apply(p);
    p = TopRowsPushDown.apply(p, context);
    return LateMaterialization.apply(p, context);
  }
}
