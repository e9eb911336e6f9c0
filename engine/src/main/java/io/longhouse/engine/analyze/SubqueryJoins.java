package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Joins correlated sub-queries to the rows of the query around them. */
final class SubqueryJoins {
  private final Expressions expressions;

  SubqueryJoins(Expressions expressions) {
    this.expressions = expressions;
  }

  /**
   * @param plan the rows with more columns behind those they had
   * @param place where the sub-query's value is
   */
  record WithValue(Plan plan, int place) {}

  /**
   * The right side of a join: its rows, which outer value each column of them has to equal, and
   * what else has to hold, over the captures and its columns.
   */
  private record Side(Plan plan, List<Decorrelation.Equality> equalities, List<Expr> rest) {}

  /**
   * Each row with the sub-query's value for it.
   *
   * @param captured the captures over the columns of {@code rows}
   */
  WithValue value(Plan rows, Subplan s, List<Expr> captured) {
    Side side = s.isExists() ? existing(s, rows, captured) : decorrelated(s, rows, captured);
    Expr value =
        s.isExists()
            ? Literals.integer(1, 1, false)
            : new Expr.Input(0, side.plan.header().type(0));
    List<Expr> right = new ArrayList<>(Plan.allColumns(side.plan.header()));
    int at = right.size();
    right.add(value);
    Plan.Join joined = join(rows, side, captured, right, Plan.JoinStrictness.ANY, !s.isExists());
    return new WithValue(joined, joined.left().header().size() + at);
  }

  /** The rows for which the sub-query has rows, or has none. */
  Plan only(Plan rows, Subplan s, List<Expr> captured, boolean negated) {
    Side side = existing(s, rows, captured);
    List<Expr> right = new ArrayList<>(Plan.allColumns(side.plan.header()));
    Plan.JoinStrictness how = negated ? Plan.JoinStrictness.ANTI : Plan.JoinStrictness.SEMI;
    return join(rows, side, captured, right, how, false);
  }

  private Side decorrelated(Subplan s, Plan rows, List<Expr> captured) {
    Decorrelation.Attached a = Decorrelation.attach(s.plan(), rows, captured, expressions);
    List<Decorrelation.Equality> equalities = new ArrayList<>();
    for (int i = 0; i < a.outer().size(); i++) {
      int at = a.own() + i;
      equalities.add(
          new Decorrelation.Equality(
              a.outer().get(i), new Expr.Input(at, a.plan().header().type(at))));
    }
    return new Side(a.plan(), equalities, List.of());
  }

  /**
   * Whether rows exist does not depend on their columns, nor on their order: conditions at the top
   * are the join's.
   */
  private Side existing(Subplan s, Plan rows, List<Expr> captured) {
    Plan plan = s.plan();
    ask(plan, allOf(plan));
    List<Expr> conditions = new ArrayList<>();
    while (true) {
      switch (plan) {
        case Plan.Project p
            when conditions.stream()
                .allMatch(c ->
                    Exprs.inputs(c).stream()
                        .allMatch(i ->
                            i >= Rewrite.OUTER
                                || Exprs.isDeterministic(p.expressions().get(i)))) -> {
          conditions.replaceAll(c -> substituted(c, p.expressions()));
          plan = p.input();
        }
        case Plan.Filter f -> {
          conditions.addAll(Conditions.conjunctsOf(f.condition()));
          plan = f.input();
        }
        case Plan.Sort p -> plan = p.input();
        case Plan.Distinct p -> plan = p.input();
        case Plan.Limit p when conditions.isEmpty() && p.limit() > 0 && p.offset() == 0 ->
            plan = p.input();
        default -> {
          return Decorrelation.isCorrelated(plan)
              ? decorrelated(s, rows, captured)
              : split(plan, conditions);
        }
      }
    }
  }

  /** What is written behind SELECT is asked for, though nobody looks at it. */
  private static void ask(Plan plan, Set<Integer> needed) {
    switch (plan) {
      case Plan.Secured p -> p.check(needed);
      case Plan.Project p ->
          ask(p.input(), inputs(needed.stream().map(p.expressions()::get).toList()));
      case Plan.Aggregate p -> {
        List<Expr> used = new ArrayList<>(p.keys());
        p.aggregates().forEach(a -> used.addAll(a.arguments()));
        ask(p.input(), inputs(used));
      }
      case Plan.Join p -> {
        int left = p.left().header().size();
        Set<Integer> onLeft = new TreeSet<>();
        Set<Integer> onRight = new TreeSet<>();
        needed.forEach(i -> (i < left ? onLeft : onRight).add(i < left ? i : i - left));
        ask(p.left(), onLeft);
        ask(p.right(), onRight);
      }
      case Plan.Filter _,
          Plan.Sort _,
          Plan.Limit _,
          Plan.LimitBy _,
          Plan.Distinct _,
          Plan.Slice _,
          Plan.Scoped _,
          Plan.Union _ ->
          plan.inputs().forEach(in -> ask(in, needed));
      default -> plan.inputs().forEach(in -> ask(in, allOf(in)));
    }
  }

  private static Set<Integer> allOf(Plan plan) {
    Set<Integer> all = new TreeSet<>();
    for (int i = 0; i < plan.header().size(); i++) {
      all.add(i);
    }
    return all;
  }

  private static Set<Integer> inputs(List<Expr> expressions) {
    Set<Integer> found = new TreeSet<>();
    for (Expr e : expressions) {
      Exprs.inputs(e).stream().filter(i -> i < Rewrite.ARRAY).forEach(found::add);
    }
    return found;
  }

  private static Expr substituted(Expr e, List<Expr> inputs) {
    return e instanceof Expr.Input i
        ? i.index() >= Rewrite.OUTER ? i : inputs.get(i.index())
        : e.mapChildren(c -> substituted(c, inputs));
  }

  private static Side split(Plan plan, List<Expr> conditions) {
    Plan filtered = plan;
    List<Decorrelation.Equality> equalities = new ArrayList<>();
    List<Expr> rest = new ArrayList<>();
    for (Expr c : conditions) {
      Decorrelation.Equality e = Decorrelation.equality(c);
      if (e != null) {
        equalities.add(e);
      } else if (Decorrelation.isCorrelated(c)) {
        rest.add(c);
      } else {
        filtered = new Plan.Filter(filtered, c);
      }
    }
    return new Side(filtered, equalities, rest);
  }

  private Plan.Join join(
      Plan rows,
      Side side,
      List<Expr> captured,
      List<Expr> rightColumns,
      Plan.JoinStrictness strictness,
      boolean nulls) {
    List<Expr> leftColumns = new ArrayList<>(Plan.allColumns(rows.header()));
    List<Integer> leftKeys = new ArrayList<>();
    List<Integer> rightKeys = new ArrayList<>();
    for (Decorrelation.Equality e : side.equalities) {
      Expr l = outer(e.outer(), captured);
      var common = JoinAnalysis.commonType(l, e.inner());
      leftKeys.add(place(leftColumns, cast(l, common)));
      rightKeys.add(place(rightColumns, cast(e.inner(), common)));
    }
    Plan left = projected(rows, leftColumns);
    Plan right = projected(side.plan, rightColumns);
    int shift = leftColumns.size();
    Expr residual = null;
    for (Expr c : side.rest) {
      Expr moved = outer(Exprs.map(c, i -> i >= Rewrite.OUTER ? i : i + shift), captured);
      residual = residual == null ? moved : expressions.call("and", residual, moved);
    }
    List<Header.Field> fields = new ArrayList<>(left.header().fields());
    for (Header.Field f : right.header().fields()) {
      fields.add(nulls ? new Header.Field(f.name(), NullableType.orSame(f.type())) : f);
    }
    return new Plan.Join(
        left,
        right,
        Plan.JoinKind.LEFT,
        strictness,
        leftKeys,
        rightKeys,
        residual,
        null,
        nulls,
        new Header(fields));
  }

  private static Expr outer(Expr e, List<Expr> captured) {
    return e instanceof Expr.Input i
        ? i.index() >= Rewrite.OUTER ? captured.get(i.index() - Rewrite.OUTER) : i
        : e.mapChildren(c -> outer(c, captured));
  }

  private static int place(List<Expr> columns, Expr e) {
    int at = columns.indexOf(e);
    if (at < 0) {
      at = columns.size();
      columns.add(e);
    }
    return at;
  }

  private Expr cast(Expr e, io.longhouse.column.type.DataType type) {
    return e.type().equals(type)
        ? e
        : expressions.call(
            "_CAST", e, Literals.constant(io.longhouse.sql.ast.Literal.of(type.name())));
  }

  private static Plan projected(Plan plan, List<Expr> columns) {
    int own = plan.header().size();
    if (columns.size() == own) {
      return plan;
    }
    List<Header.Field> fields = new ArrayList<>(plan.header().fields());
    for (int i = own; i < columns.size(); i++) {
      fields.add(new Header.Field("joinKey" + i, columns.get(i).type()));
    }
    return new Plan.Project(plan, columns, new Header(fields));
  }
}
