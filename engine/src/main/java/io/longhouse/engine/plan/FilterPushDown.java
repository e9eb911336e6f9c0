package io.longhouse.engine.plan;

import io.longhouse.engine.exec.FilterLane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.Functions;
import io.longhouse.function.InFunction;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves conditions towards the scans, where they prune. A condition passes a step only if it then
 * sees the same values; one that may throw stays above conditions that were written before it.
 */
final class FilterPushDown {
  private static final Set<String> COMPARISONS =
      Set.of("equals", "notEquals", "less", "lessOrEquals", "greater", "greaterOrEquals", "like");

  /** Engines whose scans may use a condition before they read. */
  private static final List<String> INDEXED = List.of("MergeTree", "Buffer", "MaterializedView");

  private final Conditions conditions;

  private FilterPushDown(QueryContext context) {
    this.conditions = new Conditions(context);
  }

  static Plan apply(Plan plan, QueryContext context) {
    return new FilterPushDown(context).visit(plan);
  }

  private Plan visit(Plan plan) {
    if (plan instanceof Plan.Filter f) {
      return push(visit(f.input()), f.condition());
    }
    if (plan instanceof Plan.Guarded g) {
      return new Plan.Guarded(push(visit(g.input()), g.condition()), g.condition(), g.name());
    }
    return PlanRewriter.mapInputs(plan, this::visit);
  }

  private Plan push(Plan input, Expr condition) {
    return switch (input) {
      case Plan.Scan s -> scan(s, condition);
      case Plan.Filter f when f.input() instanceof Plan.Join -> {
        Plan below = push(f.input(), condition);
        yield new Plan.Filter(below, f.condition());
      }
      case Plan.Project p -> project(p, condition);
      case Plan.Scoped s -> new Plan.Scoped(push(s.input(), condition), s.settings());
      case Plan.Sort s when s.limit() == 0 ->
          new Plan.Sort(push(s.input(), condition), s.keys(), 0);
      case Plan.Union u -> {
        List<Plan> inputs = new ArrayList<>();
        for (Plan in : u.inputs()) {
          inputs.add(push(in, condition));
        }
        yield new Plan.Union(inputs, u.header());
      }
      case Plan.Join j -> ordered(j, condition);
      default -> new Plan.Filter(input, condition);
    };
  }

  private Plan project(Plan.Project p, Expr condition) {
    Expr below = Exprs.folded(Exprs.substitute(condition, p.expressions()));
    boolean moves =
        Exprs.inputs(condition).stream()
            .allMatch(i -> Exprs.isDeterministic(p.expressions().get(i)));
    if (!moves || p.input() instanceof Plan.OneRow) {
      return new Plan.Filter(p, condition);
    }
    return new Plan.Project(push(p.input(), below), p.expressions(), p.header());
  }

  private Plan scan(Plan.Scan s, Expr condition) {
    if (!Exprs.isDeterministic(condition)) {
      return new Plan.Filter(s, condition);
    }
    List<Expr> open = new ArrayList<>();
    for (Expr c : Conditions.parts(condition, "and")) {
      if (!isSettled(c)) {
        open.add(c);
      } else if (!isTrue(c)) {
        return new Plan.Values(s.header(), List.of());
      }
    }
    Expr left = conditions.all(open);
    return left == null ? s : unsettled(s, left);
  }

  private Plan unsettled(Plan.Scan s, Expr condition) {
    ScanRequest r = s.request();
    if (r.guarded()) {
      return behindPolicy(s, condition);
    }
    return new Plan.Scan(s.table(), r.withFilter(with(r.filter(), condition)), s.header());
  }

  /**
   * Whether a part compares constants, as what {@code _table = 'a'} becomes in each table of a
   * Merge.
   */
  private static boolean isSettled(Expr c) {
    return c instanceof Expr.Call call
        && (COMPARISONS.contains(call.name())
            || Functions.unwrap(call.function()) instanceof InFunction)
        && call.arguments().stream().allMatch(a -> a instanceof Expr.Constant);
  }

  private static boolean isTrue(Expr settled) {
    return FilterLane.select(Program.constant(settled), 1, new int[1]) == 1;
  }

  private Expr with(@Nullable Expr filter, Expr condition) {
    Expr all = filter == null ? condition : conditions.all(List.of(filter, condition));
    return all == null ? condition : all;
  }

  /**
   * What a user wrote runs over rows that the policy has let through: in the scan itself only if it
   * cannot fail on any value, for the indexes' sake; else in a step of its own.
   */
  private Plan behindPolicy(Plan.Scan s, Expr condition) {
    Expr filter = s.request().filter();
    String engine = s.table().engine();
    boolean hasIndex = INDEXED.stream().anyMatch(engine::endsWith);
    // Elsewhere the whole filter may be asked of every row.
    boolean inTurn = engine.endsWith("MergeTree") && !s.request().isFinal();
    List<Expr> rest = new ArrayList<>();
    for (Expr c : Conditions.parts(condition, "and")) {
      if (hasIndex && Exprs.isComparison(c) || inTurn && TotalFunctions.areAll(c)) {
        filter = with(filter, c);
      } else {
        rest.add(c);
      }
    }
    Plan scan = new Plan.Scan(s.table(), s.request().withFilter(filter), s.header());
    Expr above = conditions.all(rest);
    return above == null ? scan : new Plan.Filter(scan, above);
  }

  private Plan ordered(Plan.Join j, Expr condition) {
    Plan.Project better = JoinOrder.better(j, conditions.conjuncts(condition));
    if (better == null || !(better.input() instanceof Plan.Join reordered)) {
      return join(j, condition);
    }
    Plan joined = join(reordered, Exprs.substitute(condition, better.expressions()));
    return new Plan.Project(joined, better.expressions(), better.header());
  }

  /** A cross join becomes an inner one by its equalities; sides take what is about them alone. */
  private Plan join(Plan.Join j, Expr condition) {
    int leftSize = j.left().header().size();
    boolean leftOpen =
        j.kind() == Plan.JoinKind.INNER
            || j.kind() == Plan.JoinKind.CROSS
            || j.kind() == Plan.JoinKind.LEFT;
    boolean rightOpen =
        j.kind() == Plan.JoinKind.INNER
            || j.kind() == Plan.JoinKind.CROSS
            || j.kind() == Plan.JoinKind.RIGHT;
    boolean all = j.strictness() == Plan.JoinStrictness.ALL;
    List<Expr> left = new ArrayList<>();
    List<Expr> right = new ArrayList<>();
    List<Expr> rest = new ArrayList<>();
    List<Integer> leftKeys = new ArrayList<>(j.leftKeys());
    List<Integer> rightKeys = new ArrayList<>(j.rightKeys());
    for (Expr c : conditions.conjuncts(condition)) {
      Set<Integer> inputs = Exprs.inputs(c);
      boolean onLeft = inputs.stream().allMatch(i -> i < leftSize);
      boolean onRight = inputs.stream().allMatch(i -> i >= leftSize);
      if (!inputs.isEmpty() && onLeft && leftOpen && Exprs.isDeterministic(c)) {
        left.add(c);
      } else if (!inputs.isEmpty() && onRight && rightOpen && all && Exprs.isDeterministic(c)) {
        right.add(Exprs.shift(c, -leftSize));
      } else if (!addKey(j, c, leftSize, leftKeys, rightKeys)) {
        rest.add(c);
        Expr leftImplied = leftOpen ? conditions.implied(c, e -> reads(e, 0, leftSize)) : null;
        Expr rightImplied =
            rightOpen && all
                ? conditions.implied(c, e -> reads(e, leftSize, j.header().size()))
                : null;
        if (leftImplied != null) {
          left.add(leftImplied);
        }
        if (rightImplied != null) {
          right.add(Exprs.shift(rightImplied, -leftSize));
        }
      }
    }
    Expr l = conditions.all(left);
    Expr r = conditions.all(right);
    Plan.JoinKind kind =
        j.kind() == Plan.JoinKind.CROSS && !leftKeys.isEmpty() ? Plan.JoinKind.INNER : j.kind();
    Plan joined =
        new Plan.Join(
            l == null ? j.left() : push(j.left(), l),
            r == null ? j.right() : push(j.right(), r),
            kind,
            j.strictness(),
            leftKeys,
            rightKeys,
            j.residual(),
            j.asof(),
            j.nulls(),
            j.global(),
            j.header());
    Expr remaining = conditions.all(rest);
    return remaining == null ? joined : new Plan.Filter(joined, remaining);
  }

  /** Whether it reads columns, and only such from {@code begin} to before {@code end}. */
  private static boolean reads(Expr e, int begin, int end) {
    Set<Integer> inputs = Exprs.inputs(e);
    return !inputs.isEmpty() && inputs.stream().allMatch(i -> i >= begin && i < end);
  }

  private static boolean addKey(
      Plan.Join j, Expr c, int leftSize, List<Integer> leftKeys, List<Integer> rightKeys) {
    if (j.kind() != Plan.JoinKind.CROSS
        || !(c instanceof Expr.Call call)
        || !call.name().equals("equals")
        || !(call.arguments().get(0) instanceof Expr.Input a)
        || !(call.arguments().get(1) instanceof Expr.Input b)
        || !a.type().equals(b.type())
        || a.index() < leftSize == b.index() < leftSize) {
      return false;
    }
    leftKeys.add(Math.min(a.index(), b.index()));
    rightKeys.add(Math.max(a.index(), b.index()) - leftSize);
    return true;
  }
}
