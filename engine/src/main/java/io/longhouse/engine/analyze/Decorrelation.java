package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns the plan of a correlated sub-query into one that is the same for all rows around it: with
 * columns behind its own that say for which outer values a row holds. A join on them takes the
 * place of running it row by row.
 *
 * <p>When outer columns stand in equalities with inner expressions only, the inner expressions are
 * those columns. Else the plan is computed over a domain: all different values of the captures.
 * Grouping, DISTINCT and LIMIT become grouping and so on per outer value.
 */
final class Decorrelation {
  /**
   * @param plan its last columns are those of {@code outer}
   * @param outer for each such column the outer side of the equality, over the captures
   */
  record Attached(Plan plan, List<Expr> outer) {
    int own() {
      return plan.header().size() - outer.size();
    }

    List<Integer> extra() {
      return IntStream.range(own(), plan.header().size()).boxed().toList();
    }
  }

  private final Expressions expressions;
  private final @Nullable Plan domain;
  private final List<OuterKeys.Source> outerKeys;

  private Decorrelation(
      Expressions expressions, @Nullable Plan domain, List<OuterKeys.Source> outerKeys) {
    this.expressions = expressions;
    this.domain = domain;
    this.outerKeys = outerKeys;
  }

  /**
   * @param around the rows for which the sub-query is wanted
   * @param captured the captures over the columns of {@code around}
   */
  static Attached attach(Plan plan, Plan around, List<Expr> captured, Expressions expressions) {
    if (suits(plan)) {
      return new Decorrelation(expressions, null, OuterKeys.of(around, captured)).attach(plan);
    }
    List<Expr> values = captured.stream().map(c -> wrapped(c, expressions)).toList();
    List<String> names = IntStream.range(0, values.size()).mapToObj(i -> "outer" + i).toList();
    Plan all = new Plan.Project(around, values, Plan.headerOf(names, values));
    List<Integer> keys = IntStream.range(0, values.size()).boxed().toList();
    return new Decorrelation(expressions, new Plan.Distinct(all, keys, 0), List.of()).attach(plan);
  }

  /** NULL equals nothing, a tuple of it does. */
  private static Expr wrapped(Expr e, Expressions expressions) {
    return e.type() instanceof NullableType ? expressions.call("tuple", e) : e;
  }

  static boolean isCorrelated(Expr e) {
    return Rewrite.has(e, Rewrite.OUTER);
  }

  static boolean isCorrelated(Plan plan) {
    return plan.expressions().stream().anyMatch(Decorrelation::isCorrelated)
        || plan.inputs().stream().anyMatch(Decorrelation::isCorrelated);
  }

  /** {@code outer = inner} as its two sides, null if it is something else. */
  static @Nullable Equality equality(Expr e) {
    if (!(e instanceof Expr.Call c) || !c.name().equals("equals")) {
      return null;
    }
    Expr a = c.arguments().get(0);
    Expr b = c.arguments().get(1);
    return isOuter(a) && isInner(b)
        ? new Equality(a, b)
        : isOuter(b) && isInner(a) ? new Equality(b, a) : null;
  }

  /** Both sides of an equality between the queries. */
  record Equality(Expr outer, Expr inner) {}

  private static boolean isOuter(Expr e) {
    return isCorrelated(e) && Exprs.inputs(e).stream().allMatch(i -> i >= Rewrite.OUTER);
  }

  private static boolean isInner(Expr e) {
    return !isCorrelated(e) && !Exprs.inputs(e).isEmpty() && Exprs.isDeterministic(e);
  }

  /** Whether equalities in filters are all that connects the queries. */
  private static boolean suits(Plan plan) {
    if (!isCorrelated(plan)) {
      return true;
    }
    boolean below = plan.inputs().stream().allMatch(Decorrelation::suits);
    return switch (plan) {
      case Plan.Filter f ->
          below
              && Conditions.conjunctsOf(f.condition()).stream()
                  .allMatch(c -> !isCorrelated(c) || equality(c) != null);
      case Plan.Join j ->
          below
              && free(j)
              && j.strictness() == Plan.JoinStrictness.ALL
              && (!isCorrelated(j.left()) || keepsLeft(j))
              && (!isCorrelated(j.right())
                  || j.kind() == Plan.JoinKind.INNER
                  || j.kind() == Plan.JoinKind.CROSS);
      case Plan.Project _,
          Plan.Aggregate _,
          Plan.Distinct _,
          Plan.Sort _,
          Plan.Limit _,
          Plan.LimitBy _,
          Plan.Window _,
          Plan.ArrayJoin _,
          Plan.Scoped _ ->
          below && free(plan);
      default -> false;
    };
  }

  private static boolean free(Plan plan) {
    return plan.expressions().stream().noneMatch(Decorrelation::isCorrelated);
  }

  private static boolean keepsLeft(Plan.Join j) {
    return j.kind() == Plan.JoinKind.INNER
        || j.kind() == Plan.JoinKind.CROSS
        || j.kind() == Plan.JoinKind.LEFT;
  }

  private Attached attach(Plan plan) {
    Plan d = domain;
    if (!isCorrelated(plan)) {
      return d == null ? new Attached(plan, List.of()) : new Attached(product(plan, d), domain(d));
    }
    return switch (plan) {
      case Plan.Filter f -> filter(f);
      case Plan.Project p -> {
        Attached in = attach(p.input());
        yield computed(in, replaced(p.expressions(), in), p.header());
      }
      case Plan.ArrayJoin p -> {
        Attached in = attach(p.input());
        Header header = with(p.header(), in);
        yield new Attached(new Plan.ArrayJoin(in.plan, p.columns(), p.left(), header), in.outer);
      }
      case Plan.Aggregate p -> aggregate(p);
      case Plan.Sort p -> {
        Attached in = attach(p.input());
        yield new Attached(new Plan.Sort(in.plan, p.keys(), 0), in.outer);
      }
      case Plan.Limit p when p.ties().isEmpty() -> {
        Attached in = attach(p.input());
        yield new Attached(new Plan.LimitBy(in.plan, p.limit(), p.offset(), in.extra()), in.outer);
      }
      case Plan.LimitBy p -> {
        Attached in = attach(p.input());
        yield new Attached(
            new Plan.LimitBy(in.plan, p.limit(), p.offset(), joined(p.keys(), in.extra())),
            in.outer);
      }
      case Plan.Distinct p -> {
        Attached in = attach(p.input());
        yield new Attached(new Plan.Distinct(in.plan, joined(p.keys(), in.extra()), 0), in.outer);
      }
      case Plan.Union p -> {
        List<Attached> all = p.inputs().stream().map(this::attach).toList();
        List<Plan> plans = all.stream().map(Attached::plan).toList();
        yield new Attached(
            new Plan.Union(plans, with(p.header(), all.getFirst())), all.getFirst().outer);
      }
      case Plan.SetDifference p -> {
        Attached l = attach(p.left());
        Attached r = attach(p.right());
        yield new Attached(
            new Plan.SetDifference(l.plan, r.plan, p.intersect(), p.distinct()), l.outer);
      }
      case Plan.Window p -> window(p);
      case Plan.Join p -> join(p);
      case Plan.Scoped p -> {
        Attached in = attach(p.input());
        yield new Attached(new Plan.Scoped(in.plan, p.settings()), in.outer);
      }
      default -> throw unsupported(plan.getClass().getSimpleName());
    };
  }

  private static LonghouseException unsupported(String what) {
    return new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED,
        "Cannot decorrelate query, because '" + what + "' step is not supported");
  }

  private static <T> List<T> joined(List<T> a, List<T> b) {
    List<T> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private static Header with(Header header, Attached in) {
    List<Header.Field> fields = new ArrayList<>(header.fields());
    fields.addAll(in.plan.header().fields().subList(in.own(), in.plan.header().size()));
    return new Header(fields);
  }

  private static Plan product(Plan plan, Plan d) {
    return new Plan.Join(
        plan,
        d,
        Plan.JoinKind.CROSS,
        Plan.JoinStrictness.ALL,
        List.of(),
        List.of(),
        null,
        null,
        false,
        new Header(joined(plan.header().fields(), d.header().fields())));
  }

  private List<Expr> domain(Plan d) {
    List<Expr> outer = new ArrayList<>();
    for (int i = 0; i < d.header().size(); i++) {
      var type = captured(d, i);
      outer.add(wrapped(new Expr.Input(Rewrite.OUTER + i, type), expressions));
    }
    return outer;
  }

  private static io.longhouse.column.type.DataType captured(Plan d, int i) {
    return d instanceof Plan.Distinct x
            && x.input() instanceof Plan.Project p
            && p.expressions().get(i) instanceof Expr.Call c
            && c.name().equals("tuple")
            && c.arguments().size() == 1
            && c.arguments().getFirst().type() instanceof NullableType n
        ? n
        : d.header().type(i);
  }

  /** Outer columns are columns of the domain by now. */
  private Expr replaced(Expr e, Attached in) {
    if (domain == null || !isCorrelated(e)) {
      return e;
    }
    if (e instanceof Expr.Input i) {
      int at = in.own() + i.index() - Rewrite.OUTER;
      Expr column = new Expr.Input(at, in.plan.header().type(at));
      return column.type().equals(i.type())
          ? column
          : expressions.call("tupleElement", column, Literals.integer(1, 1, false));
    }
    return e.mapChildren(c -> replaced(c, in));
  }

  private List<Expr> replaced(List<Expr> es, Attached in) {
    return es.stream().map(e -> replaced(e, in)).toList();
  }

  /** Other columns in front of the outer ones. */
  private static Attached computed(Attached in, List<Expr> columns, Header header) {
    List<Expr> all = new ArrayList<>(columns);
    in.extra().forEach(i -> all.add(new Expr.Input(i, in.plan.header().type(i))));
    return new Attached(new Plan.Project(in.plan, all, with(header, in)), in.outer);
  }

  private Attached filter(Plan.Filter f) {
    Attached in = attach(f.input());
    if (domain != null) {
      return new Attached(new Plan.Filter(in.plan, replaced(f.condition(), in)), in.outer);
    }
    Plan plan = in.plan;
    List<Expr> columns = new ArrayList<>(Plan.allColumns(plan.header()));
    List<Header.Field> fields = new ArrayList<>(plan.header().fields());
    List<Expr> outer = new ArrayList<>(in.outer);
    for (Expr c : Conditions.conjunctsOf(f.condition())) {
      Equality e = equality(c);
      if (e == null) {
        plan = new Plan.Filter(plan, c);
      } else {
        columns.add(e.inner);
        fields.add(new Header.Field("outer" + outer.size(), e.inner.type()));
        outer.add(e.outer);
      }
    }
    return new Attached(
        outer.isEmpty() ? plan : new Plan.Project(plan, columns, new Header(fields)), outer);
  }

  private Attached aggregate(Plan.Aggregate p) {
    if (p.totals()) {
      throw unsupported("TotalsHaving");
    }
    Attached in = wanted(attach(p.input()));
    Header inner = in.plan.header();
    List<Expr> keys = new ArrayList<>(replaced(p.keys(), in));
    int own = keys.size();
    int extra = in.outer.size();
    List<Header.Field> fields = new ArrayList<>(p.header().fields().subList(0, own));
    for (int i : in.extra()) {
      keys.add(new Expr.Input(i, inner.type(i)));
      fields.add(inner.fields().get(i));
    }
    fields.addAll(p.header().fields().subList(own, p.header().size()));
    List<Integer> outerKeys = IntStream.range(own, own + extra).boxed().toList();
    List<Plan.AggregateCall> calls =
        p.aggregates().stream().map(a -> a.of(replaced(a.arguments(), in))).toList();
    Plan grouped =
        new Plan.Aggregate(
            in.plan,
            keys,
            p.groupingSets().stream().map(s -> joined(s, outerKeys)).toList(),
            calls,
            null,
            false,
            new Header(fields));
    int[] order =
        IntStream.concat(
                IntStream.concat(
                    IntStream.range(0, own), IntStream.range(own + extra, fields.size())),
                IntStream.range(own, own + extra))
            .toArray();
    Attached result = new Attached(reordered(grouped, order), in.outer);
    Expr having = p.having();
    return having == null
        ? result
        : new Attached(new Plan.Filter(result.plan, replaced(having, result)), result.outer);
  }

  /** Without rows of which it is known that no outer row asks for them. */
  private Attached wanted(Attached in) {
    Plan plan = in.plan;
    for (OuterKeys.Source s : outerKeys) {
      List<Integer> own = new ArrayList<>();
      List<Integer> asked = new ArrayList<>();
      for (int i = 0; i < in.outer.size(); i++) {
        int at = in.own() + i;
        int k = in.outer.get(i) instanceof Expr.Input m ? m.index() - Rewrite.OUTER : -1;
        int place = s.captures().indexOf(k);
        if (place >= 0
            && s.plan().header().type(s.columns().get(place)).equals(plan.header().type(at))) {
          own.add(at);
          asked.add(s.columns().get(place));
        }
      }
      if (!own.isEmpty()) {
        plan = onlyIn(plan, own, s.plan(), asked);
      }
    }
    return new Attached(plan, in.outer);
  }

  private static Plan onlyIn(Plan plan, List<Integer> keys, Plan other, List<Integer> otherKeys) {
    Plan semi =
        new Plan.Join(
            plan,
            other,
            Plan.JoinKind.LEFT,
            Plan.JoinStrictness.SEMI,
            keys,
            otherKeys,
            null,
            null,
            false,
            new Header(joined(plan.header().fields(), other.header().fields())));
    return reordered(semi, IntStream.range(0, plan.header().size()).toArray());
  }

  private static Plan reordered(Plan plan, int[] order) {
    List<Expr> columns = new ArrayList<>();
    List<Header.Field> fields = new ArrayList<>();
    for (int i : order) {
      columns.add(new Expr.Input(i, plan.header().type(i)));
      fields.add(plan.header().fields().get(i));
    }
    return new Plan.Project(plan, columns, new Header(fields));
  }

  private Attached window(Plan.Window p) {
    if (!free(p)) {
      throw unsupported("Window");
    }
    Attached in = attach(p.input());
    int own = in.own();
    int width = in.plan.header().size();
    List<Header.Field> fields = new ArrayList<>(in.plan.header().fields());
    fields.addAll(p.header().fields().subList(own, p.header().size()));
    Plan w =
        new Plan.Window(
            in.plan,
            joined(p.partitionBy(), in.extra()),
            p.orderBy(),
            p.frame(),
            p.calls(),
            new Header(fields));
    int[] order =
        IntStream.concat(
                IntStream.concat(IntStream.range(0, own), IntStream.range(width, fields.size())),
                IntStream.range(own, width))
            .toArray();
    return new Attached(reordered(w, order), in.outer);
  }

  private Attached join(Plan.Join p) {
    boolean bothSides = domain != null && (!free(p) || p.kind() == Plan.JoinKind.LEFT);
    if (bothSides && !keepsLeft(p)
        || isCorrelated(p.right())
            && (p.kind() == Plan.JoinKind.RIGHT || p.kind() == Plan.JoinKind.FULL)
        || p.kind() == Plan.JoinKind.PASTE
        || isCorrelated(p.right()) && p.strictness() != Plan.JoinStrictness.ALL) {
      throw unsupported("Join");
    }
    Attached none = new Attached(p.left(), List.of());
    Attached l = bothSides || isCorrelated(p.left()) ? attach(p.left()) : none;
    Attached r = isCorrelated(p.right()) ? attach(p.right()) : new Attached(p.right(), List.of());
    int leftOwn = l.own();
    int leftWidth = l.plan.header().size();
    int shift = leftWidth - leftOwn;
    Expr residual = p.residual();
    if (residual != null) {
      Expr moved = Exprs.map(residual, i -> i < leftOwn || i >= Rewrite.OUTER ? i : i + shift);
      residual = replaced(moved, l);
    }
    List<Integer> leftKeys = new ArrayList<>(p.leftKeys());
    List<Integer> rightKeys = new ArrayList<>(p.rightKeys());
    boolean sameDomain = domain != null && !l.outer.isEmpty() && !r.outer.isEmpty();
    if (sameDomain) {
      leftKeys.addAll(l.extra());
      rightKeys.addAll(r.extra());
    }
    List<Header.Field> fields = new ArrayList<>(p.header().fields().subList(0, leftOwn));
    l.extra().forEach(i -> fields.add(l.plan.header().fields().get(i)));
    fields.addAll(p.header().fields().subList(leftOwn, p.header().size()));
    r.extra().forEach(i -> fields.add(r.plan.header().fields().get(i)));
    Plan.JoinKind kind =
        p.kind() == Plan.JoinKind.CROSS && !leftKeys.isEmpty() ? Plan.JoinKind.INNER : p.kind();
    Plan joined =
        new Plan.Join(
            l.plan,
            r.plan,
            kind,
            p.strictness(),
            leftKeys,
            rightKeys,
            residual,
            p.asof(),
            p.nulls(),
            new Header(fields));
    int rightOwn = leftWidth + r.own();
    IntStream order =
        IntStream.concat(IntStream.range(0, leftOwn), IntStream.range(leftWidth, rightOwn));
    order = IntStream.concat(order, IntStream.range(leftOwn, leftWidth));
    if (!sameDomain) {
      order = IntStream.concat(order, IntStream.range(rightOwn, fields.size()));
    }
    return new Attached(
        reordered(joined, order.toArray()), sameDomain ? l.outer : joined(l.outer, r.outer));
  }
}
