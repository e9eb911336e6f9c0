package io.longhouse.engine.plan.shards;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.function.expr.Expr;
import org.jspecify.annotations.Nullable;

/** What plans read of shards. */
public final class Shards {
  private Shards() {}

  /** Whether rows of a plan come from other servers. */
  public static boolean areReadBy(Plan plan) {
    return plan instanceof Plan.Scan s && s.table() instanceof DistributedSource
        || plan.inputs().stream().anyMatch(Shards::areReadBy);
  }

  /** Whether some of them come from other servers than this one. */
  public static boolean areElsewhere(Plan plan, QueryContext context) {
    return plan instanceof Plan.Scan s
            && s.table() instanceof DistributedSource d
            && d.shards(context).stream().anyMatch(x -> !x.isLocal())
        || plan.inputs().stream().anyMatch(in -> areElsewhere(in, context));
  }

  /** Whether a plan reads a table of several shards. */
  public static boolean areMany(Plan plan, QueryContext context) {
    return isOfMany(plan, context) || plan.inputs().stream().anyMatch(in -> areMany(in, context));
  }

  /** Whether the rows of the leftmost table, which the others are joined to, are of several. */
  public static boolean isLeftmostOfMany(Plan plan, QueryContext context) {
    DistributedSource d = leftmost(plan);
    return d != null && d.shards(context).size() > 1;
  }

  private static boolean isOfMany(Plan plan, QueryContext context) {
    return plan instanceof Plan.Scan s
        && s.table() instanceof DistributedSource d
        && d.shards(context).size() > 1;
  }

  /** Whether a step asks for the number of the shard that it is done on. */
  static boolean callsShardNum(Plan plan) {
    return plan.expressions().stream().anyMatch(Shards::callsShardNum)
        || plan.inputs().stream().anyMatch(Shards::callsShardNum);
  }

  private static boolean callsShardNum(Expr e) {
    return e instanceof Expr.Call c
            && (c.name().equals("shardNum") || c.name().equals("shardCount"))
        || e.children().stream().anyMatch(Shards::callsShardNum);
  }

  /** The distributed table that the rows of the leftmost input are of; null for none. */
  static @Nullable DistributedSource leftmost(Plan plan) {
    Plan p = plan;
    while (!p.inputs().isEmpty() && !(p instanceof Plan.Union)) {
      p = p.inputs().getFirst();
    }
    return p instanceof Plan.Scan s && s.table() instanceof DistributedSource d ? d : null;
  }
}
