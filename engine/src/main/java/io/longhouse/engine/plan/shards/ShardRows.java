package io.longhouse.engine.plan.shards;

import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.DistributedSource;
import java.util.List;

/**
 * Rows that each shard makes by itself.
 *
 * @param plan the steps, whose leftmost source is {@code scan}
 * @param scan the read of the table that stands for each shard's
 */
record ShardRows(
    Plan plan, Plan.Scan scan, DistributedSource source, List<DistributedSource.ShardRef> shards) {
  ShardRows with(Plan more) {
    return new ShardRows(more, scan, source, shards);
  }
}
