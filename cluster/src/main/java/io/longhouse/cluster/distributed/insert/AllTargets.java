package io.longhouse.cluster.distributed.insert;

import io.longhouse.column.Block;
import java.util.List;

/** Replicas that do not copy from each other: each gets every row. */
final class AllTargets implements ShardTarget {
  private final List<ShardTarget> targets;

  AllTargets(List<ShardTarget> targets) {
    this.targets = List.copyOf(targets);
  }

  @Override
  public void write(Block block) {
    targets.forEach(t -> t.write(block));
  }

  @Override
  public void end() {
    targets.forEach(ShardTarget::end);
  }

  @Override
  public void finish() {
    RuntimeException first = null;
    for (ShardTarget t : targets) {
      try {
        t.finish();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  @Override
  public void abort() {
    targets.forEach(ShardTarget::abort);
  }
}
