package io.longhouse.engine.plan;

import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.LonghouseException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/** What plans ask of expressions: which inputs they have, and the same over other places. */
public final class Exprs {
  private Exprs() {}

  /** The inputs that an expression reads. */
  public static Set<Integer> inputs(Expr e) {
    Set<Integer> found = new TreeSet<>();
    collect(e, found);
    return found;
  }

  static void collect(Expr e, Set<Integer> into) {
    if (e instanceof Expr.Input i) {
      into.add(i.index());
    }
    e.children().forEach(c -> collect(c, into));
  }

  /** The expression with every input moved to another place. */
  public static Expr map(Expr e, IntUnaryOperator place) {
    return e instanceof Expr.Input i
        ? new Expr.Input(place.applyAsInt(i.index()), i.type())
        : e.mapChildren(c -> map(c, place));
  }

  public static Expr shift(Expr e, int by) {
    return map(e, i -> i + by);
  }

  /** The expression with its inputs replaced by the expressions that compute them. */
  public static Expr substitute(Expr e, java.util.List<Expr> inputs) {
    return e instanceof Expr.Input i
        ? inputs.get(i.index())
        : e.mapChildren(c -> substitute(c, inputs));
  }

  /** The expression with what is known before any row is read computed. */
  static Expr folded(Expr e) {
    Expr f = e.mapChildren(Exprs::folded);
    if (!(f instanceof Expr.Call c)
        || c.arguments().isEmpty()
        || !c.function().isConstantInQuery()
        || !c.arguments().stream().allMatch(Expr.Constant.class::isInstance)) {
      return f;
    }
    try {
      return new Expr.Constant(Program.constant(c), c.type());
    } catch (LonghouseException problem) {
      // It is one only if there are rows to ask it of.
      return f;
    }
  }

  /** Whether the same inputs always give the same value. */
  public static boolean isDeterministic(Expr e) {
    boolean own =
        !(e instanceof Expr.Call c)
            || c.function().isDeterministic()
            || c.function().isConstantInQuery();
    return own && e.children().stream().allMatch(Exprs::isDeterministic);
  }

  /** Whether the same inputs give the same value whenever and wherever it is computed. */
  public static boolean isStable(Expr e) {
    boolean own =
        !(e instanceof Expr.Call c)
            || c.function().isDeterministic() && !c.name().startsWith("dict");
    return own && e.children().stream().allMatch(Exprs::isStable);
  }

  private static final Set<String> COMPARISONS =
      Set.of(
          "equals",
          "notEquals",
          "less",
          "greater",
          "lessOrEquals",
          "greaterOrEquals",
          "in",
          "notIn",
          "and",
          "or",
          "not",
          "isNull",
          "isNotNull",
          "tuple");

  /** Whether it does nothing but compare columns with each other and with constants. */
  static boolean isComparison(Expr e) {
    return switch (e) {
      case Expr.Input _, Expr.Constant _ -> true;
      case Expr.Call c ->
          COMPARISONS.contains(c.name())
              && !c.mayThrow()
              && c.arguments().stream().allMatch(Exprs::isComparison);
      case Expr.HigherOrder _ -> false;
    };
  }
}
