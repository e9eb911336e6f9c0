package io.longhouse.cluster.distributed.insert;

import io.longhouse.column.Block;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One INSERT into a Distributed table: its rows by shard. */
final class DistributedInsert implements TableWriter {
  /**
   * Where rows go that have no other way to be told apart.
   *
   * @param key the sharding key over the blocks' columns; null when all rows go to one shard
   * @param only that shard's place in the cluster, when there is no key
   */
  record Routing(@Nullable ShardingKey key, ShardSlots slots, int only) {}

  private final Routing routing;
  private final @Nullable Program key;
  private final int[] sent;
  private final IntFunction<ShardTarget> opening;
  private final InsertQueue.@Nullable Written queued;
  private final ShardTarget[] targets;
  private boolean admitted;
  private final Runnable admit;

  /**
   * @param shards how many the cluster has
   * @param sent places of the columns that go to the shards
   * @param opening the way to a shard, by its place in the cluster
   * @param queued what the INSERT writes to disk; null when it writes nothing there
   * @param admit throws when no more can be taken
   */
  DistributedInsert(
      Routing routing,
      int shards,
      int[] sent,
      IntFunction<ShardTarget> opening,
      InsertQueue.@Nullable Written queued,
      Runnable admit) {
    this.routing = routing;
    this.key = routing.key == null ? null : new Program(List.of(routing.key.value()));
    this.sent = sent;
    this.opening = opening;
    this.queued = queued;
    this.targets = new ShardTarget[shards];
    this.admit = admit;
  }

  @Override
  public void write(Block block) {
    if (!admitted) {
      admit.run();
      admitted = true;
    }
    Block out = block.project(sent);
    ShardingKey by = routing.key;
    if (key == null || by == null) {
      target(routing.only).write(out);
      return;
    }
    int[][] rows = routing.slots.rows(key.evaluate(block)[0], by.type(), block.rows());
    for (int s = 0; s < rows.length; s++) {
      int[] members = rows[s];
      if (members != null && members.length > 0) {
        target(s).write(out.select(members, members.length));
      }
    }
  }

  private ShardTarget target(int shard) {
    ShardTarget t = targets[shard];
    if (t == null) {
      t = opening.apply(shard);
      targets[shard] = t;
    }
    return t;
  }

  @Override
  public void finish() {
    List<ShardTarget> open = open();
    RuntimeException first = null;
    open.forEach(ShardTarget::end);
    for (ShardTarget t : open) {
      try {
        t.finish();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
    if (queued != null) {
      queued.publish();
    }
  }

  private List<ShardTarget> open() {
    List<ShardTarget> open = new ArrayList<>();
    for (ShardTarget t : targets) {
      if (t != null) {
        open.add(t);
      }
    }
    return open;
  }

  @Override
  public void abort() {
    open().forEach(ShardTarget::abort);
    if (queued != null) {
      queued.abort();
    }
  }
}
