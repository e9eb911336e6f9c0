package io.longhouse.engine.plan;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.shards.LocalShards;
import io.longhouse.engine.plan.shards.ShardSteps;

/** Rewrites a plan into one that gives the same rows with less work. */
public final class Optimizer {
  private Optimizer() {}

  /** Asks for the reads that are not allowed yet, by the columns that are really needed. */
  public static Plan allowed(Plan plan) {
    return hasSecured(plan) ? ColumnPruning.apply(plan) : plan;
  }

  private static boolean hasSecured(Plan plan) {
    return plan instanceof Plan.Secured || plan.inputs().stream().anyMatch(Optimizer::hasSecured);
  }

  public static Plan optimize(Plan plan, QueryContext context) {
    Plan p = allowed(LocalShards.apply(allowed(plan), context));
    p = FilterPushDown.apply(EmptyResults.apply(p), context);
    p = ColumnPruning.apply(p);
    HiddenPlaces.check(p);
    p = MetadataCount.apply(p, context);
    p = LimitPushDown.apply(p);
    p = TopRowsPushDown.apply(p, context);
    p = LateMaterialization.apply(p, context);
    return ShardSteps.apply(p, context);
  }
}
