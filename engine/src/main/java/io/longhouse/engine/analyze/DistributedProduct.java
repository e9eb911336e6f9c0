package io.longhouse.engine.analyze;

import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.PlanRewriter;
import io.longhouse.engine.plan.shards.Shards;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.TableExpression;
import java.util.ArrayList;
import java.util.List;

/**
 * Distributed tables in sub-queries of IN and JOIN of a query over shards, of which each shard
 * would read all the others again: {@code distributed_product_mode}.
 */
final class DistributedProduct {
  private DistributedProduct() {}

  /**
   * The right side of IN.
   *
   * @param ofShards whether each shard makes a set of its own
   */
  record Set(Plan plan, boolean ofShards) {}

  /** The right side of a join, and whether all shards get the same rows of it. */
  record Side(Relation relation, boolean global) {}

  static Set set(Plan plan, boolean once, Analyzer analyzer) {
    Settings settings = analyzer.context().settings();
    ShardsAround around = analyzer.around();
    if (!around.read() || once || settings.isOn("prefer_global_in_and_join")) {
      return new Set(plan, false);
    }
    if (!around.many() || !Shards.areMany(plan, analyzer.context())) {
      return new Set(plan, around.elsewhere() && !Shards.areReadBy(plan));
    }
    return switch (mode(settings)) {
      case "local" -> new Set(local(plan, analyzer), around.elsewhere());
      case "global", "allow" -> new Set(plan, false);
      default -> throw denied();
    };
  }

  static Side right(Relation left, Relation right, boolean global, Analyzer analyzer) {
    Settings settings = analyzer.context().settings();
    boolean once = global || settings.isOn("prefer_global_in_and_join");
    boolean twice =
        Shards.isLeftmostOfMany(left.plan(), analyzer.context())
            && Shards.areMany(right.plan(), analyzer.context());
    if (once || !twice) {
      return new Side(right, once);
    }
    return switch (mode(settings)) {
      case "local" -> new Side(new Relation(local(right.plan(), analyzer), right.columns()), false);
      case "global" -> new Side(right, true);
      case "allow" -> new Side(right, false);
      default -> throw denied();
    };
  }

  private static String mode(Settings settings) {
    return settings.text("distributed_product_mode");
  }

  private static LonghouseException denied() {
    return new LonghouseException(
        ErrorCode.DISTRIBUTED_IN_JOIN_SUBQUERY_DENIED,
        "Double-distributed IN/JOIN subqueries is denied (distributed_product_mode = 'deny'). You"
            + " may rewrite query to use local tables in subqueries, or use GLOBAL keyword, or set"
            + " distributed_product_mode to suitable value.");
  }

  /** Each shard reads its own table. */
  private static Plan local(Plan plan, Analyzer analyzer) {
    if (!(plan instanceof Plan.Scan s && s.table() instanceof DistributedSource d)) {
      return PlanRewriter.mapInputs(plan, in -> local(in, analyzer));
    }
    List<Expression> columns = new ArrayList<>();
    s.request().columns().stream()
        .filter(c -> d.columns().stream().anyMatch(x -> x.name().equals(c)))
        .forEach(c -> columns.add(Identifier.of(c)));
    Plan rows =
        analyzer.subquery(
            Select.of(columns, new From(TableExpression.of(d.source()), List.of())), null);
    List<Expr> all = new ArrayList<>();
    for (int i = 0; i < s.header().size(); i++) {
      int at = columns.indexOf(Identifier.of(s.request().columns().get(i)));
      var type = s.header().type(i);
      all.add(
          at < 0
              ? new Expr.Constant(type.defaultValue(), type)
              : analyzer.castTo(new Expr.Input(at, rows.header().type(at)), type));
    }
    return new Plan.Project(rows, all, s.header());
  }
}
