/**
 * What shards do of a query: from the scan of a {@link io.longhouse.engine.table.DistributedSource}
 * upwards, as many steps as each shard can do by itself over its own rows.
 *
 * <p>{@link io.longhouse.engine.plan.shards.LocalShards} puts the tables of this server in the
 * place of such a scan where no other server is asked; {@link
 * io.longhouse.engine.plan.shards.ShardSteps} finds the steps for the others, splits those of which
 * a shard can do a part, and {@link io.longhouse.engine.plan.shards.SelectWriter} writes them as a
 * query.
 *
 * <p>Invariants: a query that is sent can be answered to its end by its shard, by any version that
 * knows its functions, since nothing depends on how columns of the answer are called; the steps
 * that stay see the types they were analysed for.
 */
@NullMarked
package io.longhouse.engine.plan.shards;

import org.jspecify.annotations.NullMarked;
