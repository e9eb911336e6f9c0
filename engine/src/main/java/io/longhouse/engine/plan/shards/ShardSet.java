package io.longhouse.engine.plan.shards;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.PlanRewriter;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.expr.Expr;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * {@code x IN (SELECT ...)} in a query over shards: each has a set of its own, made of its own
 * tables. It is never evaluated: where the condition stays here, {@link #settled} takes its place.
 */
public final class ShardSet implements ScalarFunction {
  private final DataType type;
  private final Plan plan;
  private final boolean negated;
  private final UnaryOperator<Expr> settled;

  /**
   * @param plan of the sub-query as written
   * @param settled makes of the left side the same call with the set of this server's tables
   */
  public ShardSet(DataType type, Plan plan, boolean negated, UnaryOperator<Expr> settled) {
    this.type = type;
    this.plan = plan;
    this.negated = negated;
    this.settled = settled;
  }

  Plan plan() {
    return plan;
  }

  boolean isNegated() {
    return negated;
  }

  /** Whether a step asks for a set that is not made. */
  static boolean isIn(Plan plan) {
    return plan.expressions().stream().anyMatch(ShardSet::isIn)
        || plan.inputs().stream().anyMatch(ShardSet::isIn);
  }

  private static boolean isIn(Expr e) {
    return e instanceof Expr.Call c && Functions.unwrap(c.function()) instanceof ShardSet
        || e.children().stream().anyMatch(ShardSet::isIn);
  }

  /** The expression with the sets of this server's tables. */
  static Expr settled(Expr e) {
    return settled(e, _ -> true);
  }

  /** The plan where sets that no query of a shard makes are made by this server. */
  static Plan withOwn(Plan plan) {
    return isIn(plan)
        ? PlanRewriter.mapExpressions(
            plan, e -> settled(e, set -> !SelectWriter.canWrite(set.plan)))
        : plan;
  }

  private static Expr settled(Expr e, Predicate<ShardSet> which) {
    Expr inside = e.mapChildren(c -> settled(c, which));
    return inside instanceof Expr.Call c
            && Functions.unwrap(c.function()) instanceof ShardSet set
            && which.test(set)
        ? set.settled.apply(c.arguments().getFirst())
        : inside;
  }

  @Override
  public DataType resultType() {
    return type;
  }

  @Override
  public boolean isConstantInQuery() {
    return false;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    throw new IllegalStateException("a set of the shards' own tables has not been settled");
  }
}
