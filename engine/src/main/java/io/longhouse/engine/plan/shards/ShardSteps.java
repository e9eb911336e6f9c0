package io.longhouse.engine.plan.shards;

import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.PlanRewriter;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Finds what shards can do: from the scan of a distributed table upwards, steps whose result over
 * all rows is that over each shard's rows, put together. Of the first step for which that is not so
 * the shards do what makes the rest smaller: states of groups, the first rows of an order, the
 * different rows. When a single shard has all rows every step is its own.
 */
public final class ShardSteps {
  /** {@code distributed_group_by_no_merge}: how complete the shards' answers are taken for. */
  private static final int ALL_STEPS = 1;

  private static final int GROUPS = 2;

  private final QueryContext context;
  private final ShardReading reading;
  private final long withoutMerge;

  private ShardSteps(QueryContext context) {
    this.context = context;
    this.reading = new ShardReading(context);
    this.withoutMerge = context.settings().number("distributed_group_by_no_merge");
  }

  public static Plan apply(Plan plan, QueryContext context) {
    return Shards.areReadBy(plan)
        ? settled(new ShardSteps(context).here(ShardSet.withOwn(plan)))
        : settled(plan);
  }

  /** Sets of sub-queries are made here for what is asked of them here. */
  private static Plan settled(Plan plan) {
    return ShardSet.isIn(plan) ? PlanRewriter.mapExpressions(plan, ShardSet::settled) : plan;
  }

  /** Where the rows of a step are. */
  private sealed interface Place {}

  /** On this server. */
  private record Here(Plan plan) implements Place {}

  /** On each shard its own. */
  private record There(ShardRows rows) implements Place {}

  private Plan here(Plan plan) {
    return switch (visit(plan)) {
      case Here h -> h.plan;
      case There t -> reading.of(t.rows);
    };
  }

  private Place visit(Plan plan) {
    return switch (plan) {
      case Plan.Scan s when s.table() instanceof DistributedSource d -> scan(s, d);
      case Plan.Filter f -> each(f.input(), in -> new Plan.Filter(in, f.condition()));
      case Plan.Project p ->
          each(p.input(), in -> new Plan.Project(in, p.expressions(), p.header()));
      case Plan.ArrayJoin a ->
          each(a.input(), in -> new Plan.ArrayJoin(in, a.columns(), a.left(), a.header()));
      case Plan.Aggregate a -> aggregate(a);
      case Plan.Distinct d ->
          part(
              d.input(),
              in -> new Plan.Distinct(in, d.keys(), d.limit()),
              in -> new Plan.Distinct(in, d.keys(), d.limit()));
      case Plan.Sort s -> sort(s);
      case Plan.Limit l -> limit(l);
      case Plan.LimitBy l -> limitBy(l);
      case Plan.Join j -> join(j);
      case Plan.Scoped s -> {
        var inside = new ShardSteps(context.with(s.settings()));
        yield new Here(new Plan.Scoped(inside.here(s.input()), s.settings()));
      }
      default -> new Here(PlanRewriter.mapInputs(plan, this::here));
    };
  }

  private Place scan(Plan.Scan s, DistributedSource source) {
    List<DistributedSource.ShardRef> shards =
        ShardPruning.left(s, source, LocalShards.depth(), context);
    ScanRequest r = s.request();
    if (SelectWriter.canWrite(s, s)) {
      var rows = new ShardRows(s, s, source, shards);
      // What was wanted must not run on rows that the policy hides: it stays here.
      return r.guarded() ? new Here(reading.of(rows)) : new There(rows);
    }
    if (r.filter() == null || !SelectWriter.canWrite(bare(s), bare(s))) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "PREWHERE with FINAL that cannot be sent to shards");
    }
    List<Expr> conditions = Conditions.conjunctsOf(r.filter());
    List<Expr> there = new ArrayList<>();
    List<Expr> here = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      Expr c = conditions.get(i);
      boolean writes = SelectWriter.canWrite(new Plan.Filter(bare(s), c), bare(s));
      // Behind a policy that stays here everything else does.
      (writes && (!r.guarded() || here.isEmpty()) ? there : here).add(c);
    }
    return with(s, source, shards, there, here);
  }

  private static Plan.Scan bare(Plan.Scan s) {
    return new Plan.Scan(s.table(), s.request().withFilter(null), s.header());
  }

  /** The rows for which the shards ask some conditions, and this server the others. */
  private Place with(
      Plan.Scan s,
      DistributedSource source,
      List<DistributedSource.ShardRef> shards,
      List<Expr> there,
      List<Expr> here) {
    Expr sent = new Conditions(context).all(there);
    var scan = new Plan.Scan(s.table(), s.request().withFilter(sent), s.header());
    Plan all = reading.of(new ShardRows(scan, scan, source, shards));
    int policies = Math.max(0, s.request().policyParts() - there.size());
    for (Expr c : here.subList(0, policies)) {
      all = new Plan.Guarded(all, c, s.table().id());
    }
    for (Expr c : here.subList(policies, here.size())) {
      all = new Plan.Filter(all, c);
    }
    return new Here(all);
  }

  /** Whether one shard has all rows, or its answer is to be taken as if it had. */
  private boolean isWhole(ShardRows rows) {
    return rows.shards().size() == 1 || withoutMerge == ALL_STEPS;
  }

  /** A step that looks at each row alone. */
  private Place each(Plan input, UnaryOperator<Plan> step) {
    return switch (visit(input)) {
      case Here h -> new Here(step.apply(h.plan));
      case There t -> {
        Plan there = step.apply(t.rows.plan());
        yield SelectWriter.canWrite(there, t.rows.scan())
            ? new There(t.rows.with(there))
            : new Here(step.apply(reading.of(t.rows)));
      }
    };
  }

  /**
   * A step that looks at all rows together.
   *
   * @param before what shards do of it
   */
  private Place part(Plan input, UnaryOperator<Plan> before, UnaryOperator<Plan> step) {
    return switch (visit(input)) {
      case Here h -> new Here(step.apply(h.plan));
      case There t -> part(t.rows, before, step);
    };
  }

  private Place part(ShardRows rows, UnaryOperator<Plan> before, UnaryOperator<Plan> step) {
    Plan whole = step.apply(rows.plan());
    if (isWhole(rows) && SelectWriter.canWrite(whole, rows.scan())) {
      return new There(rows.with(whole));
    }
    Plan there = before.apply(rows.plan());
    return new Here(
        step.apply(
            reading.of(SelectWriter.canWrite(there, rows.scan()) ? rows.with(there) : rows)));
  }

  /** Without a limit a shard would only sort what has to be sorted again. */
  private Place sort(Plan.Sort s) {
    UnaryOperator<Plan> sorted = in -> new Plan.Sort(in, s.keys(), s.limit());
    return switch (visit(s.input())) {
      case Here h -> new Here(sorted.apply(h.plan));
      case There t -> part(t.rows, in -> s.limit() > 0 ? sorted.apply(in) : in, sorted);
    };
  }

  private Place aggregate(Plan.Aggregate a) {
    Place in = visit(a.input());
    if (!(in instanceof There t)) {
      return new Here(over(a, ((Here) in).plan));
    }
    Plan whole = over(a, t.rows.plan());
    boolean complete =
        isWhole(t.rows) || withoutMerge == GROUPS || ShardGroups.areApart(a, t.rows, context);
    if (complete && SelectWriter.canWrite(whole, t.rows.scan())) {
      return new There(t.rows.with(whole));
    }
    SplitAggregate split = SplitAggregate.of((Plan.Aggregate) whole, context);
    if (split == null || !SelectWriter.canWrite(split.states(), t.rows.scan())) {
      return new Here(over(a, reading.of(t.rows)));
    }
    return new Here(split.merged(a, reading.of(t.rows.with(split.states()))));
  }

  private static Plan over(Plan.Aggregate a, Plan input) {
    return PlanRewriter.mapInputs(a, _ -> input);
  }

  private Place limit(Plan.Limit l) {
    long enough = l.limit() + l.offset();
    boolean partly = enough > 0 && l.ties().isEmpty() && !l.countAll();
    return part(
        l.input(),
        in -> partly ? new Plan.Limit(in, enough, 0, List.of(), false) : in,
        in -> new Plan.Limit(in, l.limit(), l.offset(), l.ties(), l.countAll()));
  }

  /** Which rows are the first of their keys depends on the order. */
  private Place limitBy(Plan.LimitBy l) {
    boolean fromStart = l.limit() >= 0 && l.offset() >= 0;
    if (fromStart
        && l.input() instanceof Plan.Sort s
        && s.limit() == 0
        && visit(s.input()) instanceof There t) {
      return part(
          t.rows,
          in -> first(l, new Plan.Sort(in, s.keys(), 0)),
          in -> over(l, new Plan.Sort(in, s.keys(), 0)));
    }
    return part(l.input(), in -> fromStart ? first(l, in) : in, in -> over(l, in));
  }

  private static Plan first(Plan.LimitBy l, Plan in) {
    return new Plan.LimitBy(in, l.limit() + l.offset(), 0, l.keys());
  }

  private static Plan over(Plan.LimitBy l, Plan in) {
    return new Plan.LimitBy(in, l.limit(), l.offset(), l.keys());
  }

  /** With tables that every shard has its own of. */
  private Place join(Plan.Join j) {
    Place left = visit(j.left());
    if (left instanceof There t) {
      Plan there = over(j, t.rows.plan(), j.right());
      if (SelectWriter.canWrite(there, t.rows.scan())) {
        return new There(t.rows.with(there));
      }
    }
    Plan l =
        switch (left) {
          case Here h -> h.plan;
          case There t -> reading.of(t.rows);
        };
    return new Here(over(j, l, here(j.right())));
  }

  private static Plan over(Plan.Join j, Plan left, Plan right) {
    List<Plan> sides = new ArrayList<>(List.of(left, right));
    return PlanRewriter.mapInputs(j, _ -> sides.removeFirst());
  }

  /** The names and types of columns at some places. */
  static Header headerOf(Header header, List<Integer> places) {
    return new Header(places.stream().map(header.fields()::get).toList());
  }
}
