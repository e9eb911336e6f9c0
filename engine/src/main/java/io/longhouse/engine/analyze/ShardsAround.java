package io.longhouse.engine.analyze;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.shards.Shards;

/**
 * What is known of the rows that a SELECT is about.
 *
 * @param read whether some are of shards
 * @param many whether the first table of FROM is of several
 * @param elsewhere whether some come from other servers
 */
record ShardsAround(boolean read, boolean many, boolean elsewhere) {
  static final ShardsAround NONE = new ShardsAround(false, false, false);

  static ShardsAround of(Plan from, QueryContext context) {
    return Shards.areReadBy(from)
        ? new ShardsAround(
            true, Shards.isLeftmostOfMany(from, context), Shards.areElsewhere(from, context))
        : NONE;
  }
}
