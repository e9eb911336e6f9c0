package io.longhouse.engine.plan.shards;

import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Optimizer;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.function.expr.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of shards as steps here: a query for other servers, the same steps for this one. */
final class ShardReading {
  private final QueryContext context;
  private final LocalShards local;

  ShardReading(QueryContext context) {
    this.context = context;
    this.local = new LocalShards(context);
  }

  /** The rows of all shards. */
  Plan of(ShardRows rows) {
    List<Plan> all = new ArrayList<>();
    List<DistributedSource.ShardRef> others = new ArrayList<>();
    for (DistributedSource.ShardRef s : rows.shards()) {
      if (s.isLocal()) {
        all.add(
            local.deeper(rows.source(), () -> Optimizer.optimize(local.steps(rows, s), context)));
      } else {
        others.add(s);
      }
    }
    if (!others.isEmpty()) {
      all.add(remote(rows, others));
    }
    return switch (all.size()) {
      case 0 -> new Plan.Values(rows.plan().header(), List.of());
      case 1 -> all.getFirst();
      default -> new Plan.Union(all, rows.plan().header());
    };
  }

  /** Constants, and columns that are there already, are not sent. */
  private Plan remote(ShardRows rows, List<DistributedSource.ShardRef> others) {
    if (!(rows.plan() instanceof Plan.Project p)) {
      return asked(rows.plan(), rows, others);
    }
    Map<Expr, Integer> places = new LinkedHashMap<>();
    List<Header.Field> fields = new ArrayList<>();
    List<Expr> back = new ArrayList<>();
    for (int i = 0; i < p.expressions().size(); i++) {
      Expr e = p.expressions().get(i);
      if (e instanceof Expr.Constant) {
        back.add(e);
        continue;
      }
      Integer known = places.putIfAbsent(e, places.size());
      if (known == null) {
        fields.add(p.header().fields().get(i));
      }
      back.add(new Expr.Input(known == null ? places.size() - 1 : known, e.type()));
    }
    if (places.size() == back.size()) {
      return asked(p, rows, others);
    }
    var narrow = new Plan.Project(p.input(), List.copyOf(places.keySet()), new Header(fields));
    return new Plan.Project(asked(narrow, rows, others), back, p.header());
  }

  private Plan asked(Plan plan, ShardRows rows, List<DistributedSource.ShardRef> others) {
    List<Plan.Asked> queries = new ArrayList<>();
    Map<String, Plan.Values> sent = Map.of();
    for (DistributedSource.ShardRef s : others) {
      var writer =
          new SelectWriter(
              rows.scan(),
              s.number(),
              rows.shards().size(),
              context.settings().isOn("join_use_nulls"));
      queries.add(new Plan.Asked(s.number(), writer.query(plan)));
      sent = writer.sent();
    }
    return new Plan.Remote(rows.source(), queries, sent, plan.header());
  }
}
