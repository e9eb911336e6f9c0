package io.longhouse.engine.analyze;

import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which outer values a sub-query can be asked for, as far as one table of the query around it
 * tells: {@code p_partkey} of {@code part} where {@code p_brand = 'Brand#23'}. Rows of the
 * sub-query with other values need not be grouped.
 */
final class OuterKeys {
  /**
   * Rows of one table.
   *
   * @param captures which captures are its columns
   * @param columns where they are
   */
  record Source(Plan plan, List<Integer> captures, List<Integer> columns) {}

  /** A column of a leaf, and what the steps above demand of the leaf's columns. */
  private static final class Trace {
    private Plan plan;
    private int column;
    private final List<Expr> conditions = new ArrayList<>();

    Trace(Plan plan, int column) {
      this.plan = plan;
      this.column = column;
    }

    /** Goes one step down; answers whether there was one. */
    boolean descend() {
      switch (plan) {
        case Plan.Filter f -> {
          for (Expr c : Conditions.conjunctsOf(f.condition())) {
            if (Exprs.isDeterministic(c) && !c.mayThrow() && !Decorrelation.isCorrelated(c)) {
              conditions.add(c);
            }
          }
          plan = f.input();
        }
        case Plan.Project p when p.expressions().get(column) instanceof Expr.Input i -> {
          conditions.removeIf(c ->
              Exprs.inputs(c).stream()
                  .anyMatch(at -> !(p.expressions().get(at) instanceof Expr.Input)));
          conditions.replaceAll(c -> Exprs.substitute(c, p.expressions()));
          column = i.index();
          plan = p.input();
        }
        case Plan.Join j when j.kind() == Plan.JoinKind.INNER || j.kind() == Plan.JoinKind.CROSS ->
            side(j, j.left().header().size());
        case Plan.Join j when j.kind() == Plan.JoinKind.LEFT && column < j.left().header().size() ->
            side(j, j.left().header().size());
        default -> {
          return false;
        }
      }
      return true;
    }

    private void side(Plan.Join j, int leftSize) {
      boolean isLeft = column < leftSize;
      conditions.removeIf(c -> Exprs.inputs(c).stream().anyMatch(i -> i < leftSize != isLeft));
      if (!isLeft) {
        conditions.replaceAll(c -> Exprs.shift(c, -leftSize));
        column -= leftSize;
      }
      plan = isLeft ? j.left() : j.right();
    }
  }

  private OuterKeys() {}

  /**
   * The tables that tell something, each with all captures that are columns of it.
   *
   * @param captured the captures over the columns of {@code rows}
   */
  static List<Source> of(Plan rows, List<Expr> captured) {
    Map<Plan, Source> sources = new LinkedHashMap<>();
    for (int k = 0; k < captured.size(); k++) {
      Trace t = captured.get(k) instanceof Expr.Input i ? trace(rows, i.index()) : null;
      if (t != null) {
        Plan plan = t.plan;
        for (Expr c : t.conditions) {
          plan = new Plan.Filter(plan, c);
        }
        Plan filtered = plan;
        Source s =
            sources.computeIfAbsent(
                t.plan, _ -> new Source(filtered, new ArrayList<>(), new ArrayList<>()));
        s.captures.add(k);
        s.columns.add(t.column);
      }
    }
    return List.copyOf(sources.values());
  }

  /** The scan that a column comes from; null when it is another step or nothing is demanded. */
  private static @Nullable Trace trace(Plan rows, int column) {
    var t = new Trace(rows, column);
    while (t.descend()) {
      // Down to the table.
    }
    return t.plan instanceof Plan.Scan && !t.conditions.isEmpty() ? t : null;
  }
}
