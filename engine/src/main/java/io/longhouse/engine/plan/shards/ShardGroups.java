package io.longhouse.engine.plan.shards;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.function.expr.Expr;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code optimize_distributed_group_by_sharding_key}: when the columns of the sharding key are
 * among the keys of groups, no group is on two shards.
 */
final class ShardGroups {
  private ShardGroups() {}

  static boolean areApart(Plan.Aggregate a, ShardRows rows, QueryContext context) {
    Settings settings = context.settings();
    if (!settings.isOn("optimize_skip_unused_shards")
        || !settings.isOn("optimize_distributed_group_by_sharding_key")
        || a.hasGroupingSets()) {
      return false;
    }
    DistributedSource.Routing routing = rows.source().routing(context);
    if (routing == null || !Exprs.isStable(routing.key())) {
      return false;
    }
    Set<String> keys = new HashSet<>();
    for (Expr key : a.keys()) {
      String column = key instanceof Expr.Input i ? column(rows.plan(), i.index(), rows) : null;
      if (column != null) {
        keys.add(column);
      }
    }
    return Exprs.inputs(routing.key()).stream()
        .allMatch(i -> keys.contains(routing.columns().get(i)));
  }

  /** The column of the table that a step's column is; null for any other. */
  private static @Nullable String column(Plan plan, int place, ShardRows rows) {
    return switch (plan) {
      case Plan.Scan s when s == rows.scan() -> s.request().columns().get(place);
      case Plan.Filter f -> column(f.input(), place, rows);
      case Plan.Project p when p.expressions().get(place) instanceof Expr.Input i ->
          column(p.input(), i.index(), rows);
      default -> null;
    };
  }
}
