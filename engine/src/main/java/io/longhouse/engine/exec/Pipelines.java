package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.PlanRewriter;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a plan run: from a tree of steps to stages of lanes and sinks. */
public final class Pipelines {
  /** Rows in a block, about as many as ClickHouse has. */
  public static final int BLOCK_ROWS = 65_409;

  private QueryContext context;
  private final int parallelism;
  private final Set<Plan> counted;

  /** Of {@link #counted}, those whose rows shards have counted before their own LIMIT. */
  private final Set<Plan> ofShards;

  private final LongAdder beforeLimit = new LongAdder();
  private final List<Stage> stages = new ArrayList<>();
  private final Map<Plan.Scan, Scan> scans = new IdentityHashMap<>();
  private final Map<Plan.Scan, PolicyGuard> guards = new IdentityHashMap<>();
  private Above above = Above.RESULT;

  /**
   * What the steps between a scan and the next one that takes all rows do with its blocks.
   *
   * @param streams whether they come out one by one, and may be stopped before the last
   * @param watched whether something tells one block from another
   * @param stops whether a LIMIT may have enough of them
   * @param enough how many rows suffice; 0 when not known
   */
  private record Above(boolean streams, boolean watched, boolean stops, long enough) {
    static final Above RESULT = new Above(true, false, false, 0);

    static Above collecting(boolean watched) {
      return new Above(false, watched, false, 0);
    }

    Above limit(long rows) {
      return new Above(true, watched, true, Math.max(0, rows));
    }

    Above with(List<Expr> expressions) {
      return new Above(streams, watched || BlockWatchers.areAmong(expressions), stops, enough);
    }
  }

  private Pipelines(QueryContext context, int parallelism, Set<Plan> counted, Set<Plan> ofShards) {
    this.context = context;
    this.parallelism = parallelism;
    this.counted = counted;
    this.ofShards = ofShards;
  }

  /**
   * A stream under construction: how to make its lanes, and its totals once the stages have run.
   */
  private record Flow(Supplier<List<Lane>> lanes, @Nullable Supplier<@Nullable Block> totals) {
    Flow map(UnaryOperator<Lane> each) {
      return new Flow(() -> lanes.get().stream().map(each).toList(), totals);
    }
  }

  /**
   * What to run: the last stage ends in the sink; totals are there when all have ended.
   *
   * @param beforeLimit the rows that the result's LIMIT was applied to; null without one
   */
  public record Pipeline(
      List<Stage> stages,
      @Nullable Supplier<@Nullable Block> totals,
      @Nullable LongAdder beforeLimit) {}

  /**
   * @param parallelism lanes of a scan at most
   */
  public static Pipeline build(Plan plan, Sink sink, QueryContext context, int parallelism) {
    Set<Plan> counted = Collections.newSetFromMap(new IdentityHashMap<>());
    collectBeforeLimits(plan, counted);
    Set<Plan> ofShards = Collections.newSetFromMap(new IdentityHashMap<>());
    List.copyOf(counted).forEach(c -> countOnShards(c, counted, ofShards));
    var p = new Pipelines(context, parallelism, counted, ofShards);
    Flow flow = p.flow(plan);
    p.stages.add(new Stage("result", flow.lanes, sink));
    return new Pipeline(
        p.stages, flow.totals, counted.isEmpty() && ofShards.isEmpty() ? null : p.beforeLimit);
  }

  /**
   * The steps whose rows the result's LIMIT is applied to, or the LIMITs of its sources where it
   * has none of its own. What a sort for a LIMIT sorts counts whole.
   */
  private static void collectBeforeLimits(Plan plan, Set<Plan> found) {
    if (plan instanceof Plan.Remote remote && remote.isLimited()) {
      found.add(remote);
      return;
    }
    if (plan instanceof Plan.Limit limit) {
      boolean sorted =
          computed(limit.input()) instanceof Plan.Sort s
              && s.limit() > 0
              && !(source(s) instanceof Plan.Scan scan && leavesOutHidden(scan.request()));
      found.add(sorted ? ((Plan.Sort) computed(limit.input())).input() : limit.input());
      return;
    }
    PlanRewriter.mapInputs(
        plan,
        input -> {
          collectBeforeLimits(input, found);
          return input;
        });
  }

  /** What shards have cut already is counted there, or before the cut. */
  private static void countOnShards(Plan plan, Set<Plan> counted, Set<Plan> ofShards) {
    Plan rows = computed(plan);
    boolean shards =
        rows instanceof Plan.Remote
            || rows instanceof Plan.Union u
                && u.inputs().stream().anyMatch(in -> computed(in) instanceof Plan.Remote);
    if (!shards) {
      return;
    }
    counted.remove(plan);
    for (Plan in : rows instanceof Plan.Union u ? u.inputs() : List.of(rows)) {
      switch (computed(in)) {
        case Plan.Remote r -> ofShards.add(r);
        case Plan.Sort s when s.limit() > 0 -> counted.add(s.input());
        case Plan.Limit l -> collectBeforeLimits(l, counted);
        default -> counted.add(in);
      }
    }
  }

  /**
   * Whether a scan behind a policy leaves out rows that will not be among the first: how many come
   * out depends on where hidden rows are.
   */
  private static boolean leavesOutHidden(ScanRequest r) {
    Expr filter = r.filter();
    return r.guarded()
        && filter != null
        && Conditions.conjunctsOf(filter).stream()
            .anyMatch(e -> e instanceof Expr.Call c && c.function() instanceof TopThreshold);
  }

  /** The step whose rows a sort sorts. */
  private static Plan source(Plan.Sort sort) {
    return computed(sort.input());
  }

  /** The step below those that only add columns. */
  private static Plan computed(Plan plan) {
    return switch (plan) {
      case Plan.Project p -> computed(p.input());
      case Plan.LateColumns l -> computed(l.input());
      default -> plan;
    };
  }

  private Flow flow(Plan plan) {
    Flow flow = step(plan);
    return counted.contains(plan) ? flow.map(l -> new CountLane(l, beforeLimit)) : flow;
  }

  private Flow flow(Plan plan, Above steps) {
    Above outside = above;
    above = steps;
    Flow flow = flow(plan);
    above = outside;
    return flow;
  }

  private Flow step(Plan plan) {
    return switch (plan) {
      case Plan.OneRow _ -> oneRow();
      case Plan.Values v -> constant(v.blocks());
      case Plan.Scan s -> scan(s);
      case Plan.Remote r -> {
        QueryContext own = context;
        LongAdder rows = ofShards.contains(r) ? beforeLimit : new LongAdder();
        yield new Flow(() -> r.source().read(r, rows, own), null);
      }
      case Plan.Secured _ -> throw new IllegalStateException("a read that nobody allowed");
      case Plan.Filter f -> filter(f);
      case Plan.Guarded g -> guarded(g);
      case Plan.Project p -> project(p);
      case Plan.ArrayJoin a -> {
        Flow in = flow(a.input());
        boolean unaligned = context.settings().isOn("enable_unaligned_array_join");
        yield in.map(l -> new ArrayJoinLane(l, a.columns(), a.left(), unaligned));
      }
      case Plan.Aggregate a -> aggregate(a);
      case Plan.Sort s -> sort(s);
      case Plan.LateColumns l -> lateColumns(l);
      case Plan.Limit l -> limit(l);
      case Plan.Slice s -> collected(s.input(), s.header(), b -> RowSlices.slice(b, s));
      case Plan.LimitBy l when l.limit() < 0 || l.offset() < 0 ->
          collected(l.input(), l.header(), b -> RowSlices.limitBy(b, l));
      case Plan.LimitBy l -> {
        Flow in = flow(l.input(), above.limit(0));
        yield new Flow(() -> List.of(new LimitByLane(ConcatLane.of(in.lanes.get()), l)), in.totals);
      }
      case Plan.Distinct d -> distinct(d);
      case Plan.Union u -> union(u);
      case Plan.SetDifference d -> setDifference(d);
      case Plan.Join j -> join(j);
      case Plan.Scoped s -> {
        QueryContext outside = context;
        context = outside.with(s.settings());
        Flow in = flow(s.input());
        context = outside;
        yield in;
      }
      case Plan.Window w -> {
        QueryContext own = context;
        yield collected(w.input(), w.header(), b -> WindowEvaluation.evaluate(w, b, own));
      }
      case Plan.Fill f -> {
        Flow in = flow(f.input());
        QueryContext own = context;
        yield new Flow(
            () -> List.of(new FillLane(ConcatLane.of(in.lanes.get()), f, own)), in.totals);
      }
    };
  }

  /** {@code system.one}, which counts as read. */
  private Flow oneRow() {
    QueryContext own = context;
    return new Flow(
        () -> {
          own.progress().readRows.add(1);
          own.progress().readBytes.add(1);
          return List.of(new BlocksLane(List.of(new Block(new Column[0], 1))));
        },
        null);
  }

  private static Flow constant(List<Block> blocks) {
    return new Flow(() -> List.of(new BlocksLane(blocks)), null);
  }

  private Flow scan(Plan.Scan s) {
    long columnsMax = context.settings().number("max_columns_to_read");
    int columns = s.request().columns().size();
    if (columnsMax > 0 && columns > columnsMax) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_COLUMNS,
          "Limit for number of columns to read exceeded. Requested: "
              + columns
              + ", maximum: "
              + columnsMax);
    }
    if (s.request().sample() != null && !s.table().supportsSampling()) {
      throw new LonghouseException(
          ErrorCode.SAMPLING_NOT_SUPPORTED,
          "Storage " + s.table().id() + " doesn't support sampling");
    }
    if (isNeverTrue(s.request().filter())) {
      return constant(List.of());
    }
    boolean guarded = s.request().guarded();
    QueryContext own = guarded ? context.behindPolicy() : context;
    Scan scan = s.table().scan(s.request(), own);
    scans.put(s, scan);
    if (!s.table().stillHas(s.header())) {
      scan.lanes(1).forEach(Lane::close);
      throw new TableAltered(s.table().id());
    }
    List<ReadLimitLane.Limits> limits = ReadLimitLane.Limits.of(context.settings(), guarded);
    if (!guarded) {
      limits.forEach(l -> l.plan(scan.rowsToRead()));
    }
    Flow read =
        guarded ? guarded(s, scan, own, limits) : new Flow(() -> scan.lanes(parallelism), null);
    for (var l : limits) {
      read = read.map(lane -> new ReadLimitLane(lane, l));
    }
    return guarded ? read : filtered(s, scan, read);
  }

  private static Flow filtered(Plan.Scan s, Scan scan, Flow flow) {
    Expr filter = s.request().filter();
    if (filter == null || scan.appliesFilter()) {
      return flow;
    }
    var program = new Program(List.of(filter));
    return flow.map(l -> new FilterLane(l, program));
  }

  /** What a row policy lets through, in even blocks where somebody could see how they end. */
  private Flow guarded(
      Plan.Scan s, Scan scan, QueryContext behind, List<ReadLimitLane.Limits> limits) {
    boolean inOrder = above.watched || limits.stream().anyMatch(ReadLimitLane.Limits::stops);
    boolean even = inOrder || above.streams;
    ScanRequest r = s.request();
    List<Expr> parts = Conditions.conjunctsOf(Objects.requireNonNull(r.filter()));
    List<Expr> below = new ArrayList<>(parts.subList(0, r.policyParts()));
    List<Expr> user = new ArrayList<>();
    for (Expr e : parts.subList(r.policyParts(), parts.size())) {
      (scan.isIndexed(e) ? below : user).add(e);
    }
    if (scan.appliesFilter()) {
      below.clear();
      user.clear();
    }
    var guard =
        new PolicyGuard(
            context, behind, s.table().id(), scan, even, above.stops, s.header(), unread(r, user));
    guards.put(s, guard);
    Flow all = new Flow(() -> scan.lanes(inOrder ? 1 : parallelism), null);
    all = filtered(all, below);
    if (inOrder) {
      Flow many = all;
      all = new Flow(() -> List.of(ConcatLane.of(many.lanes.get())), null);
    }
    if (even) {
      long first = above.enough > 0 ? above.enough : EvenBlocksLane.FIRST_ROWS;
      all = all.map(l -> new EvenBlocksLane(l, s.header(), first));
    }
    return filtered(all.map(guard::lane), user);
  }

  /** Columns that nobody looks at above a policy. */
  private static Set<Integer> unread(ScanRequest request, List<Expr> user) {
    Set<Integer> places = new HashSet<>(request.filterOnly());
    user.forEach(e -> places.removeAll(Exprs.inputs(e)));
    return places;
  }

  private static Flow filtered(Flow flow, List<Expr> conditions) {
    Flow all = flow;
    for (Expr c : conditions) {
      var program = new Program(List.of(c));
      all = all.map(l -> new FilterLane(l, program));
    }
    return all;
  }

  /** As of a table, where the view below counts for nobody. */
  private Flow guarded(Plan.Guarded g) {
    QueryContext outside = context;
    context = outside.behindPolicy();
    var guard =
        new PolicyGuard(outside, context, g.name(), null, true, above.stops, g.header(), Set.of());
    Flow in = flow(g.input(), Above.collecting(above.watched));
    context = outside;
    var program = new Program(List.of(g.condition()));
    long first = above.enough > 0 ? above.enough : EvenBlocksLane.FIRST_ROWS;
    return new Flow(
            () -> List.of(new FilterLane(ConcatLane.of(in.lanes.get()), program)), in.totals)
        .map(l -> guard.lane(new EvenBlocksLane(l, g.header(), first)));
  }

  private Flow filter(Plan.Filter f) {
    if (isNeverTrue(f.condition()) && !hasTotals(f.input())) {
      return constant(List.of());
    }
    Flow in = flow(f.input(), above.with(List.of(f.condition())));
    var program = new Program(List.of(f.condition()));
    return in.map(l -> new FilterLane(l, program));
  }

  private Flow project(Plan.Project p) {
    Flow in = flow(p.input(), above.with(p.expressions()));
    var program = new Program(p.expressions());
    TemporaryColumns.check(program, context.settings());
    Supplier<@Nullable Block> totals = in.totals;
    return new Flow(
        in.map(l -> new ProjectLane(l, program, p.header())).lanes,
        totals == null
            ? null
            : () -> {
              Block t = totals.get();
              return t == null ? null : new Block(program.evaluate(t), t.rows());
            });
  }

  private Flow aggregate(Plan.Aggregate a) {
    List<Expr> used = new ArrayList<>(a.keys());
    a.aggregates().forEach(c -> used.addAll(c.arguments()));
    boolean stops =
        context.settings().number("max_rows_to_group_by") > 0
            && !context.settings().text("group_by_overflow_mode").equals("throw");
    Flow in = flow(a.input(), Above.collecting(stops || BlockWatchers.areAmong(used)));
    var sink = new AggregateSink(a, context);
    Supplier<List<Lane>> lanes =
        a.hasGroupingSets() ? in.map(l -> new GroupingSetsLane(l, a)).lanes : in.lanes;
    stages.add(new Stage("aggregate", lanes, sink));
    return new Flow(() -> sink.results(parallelism), a.totals() ? sink::totals : null);
  }

  private Flow sort(Plan.Sort s) {
    boolean limited = !SizeLimit.ofSort(context.settings()).isNone();
    Flow in = flow(s.input(), Above.collecting(limited));
    var sink = new SortSink(s, context);
    stages.add(new Stage("sort", in.lanes, sink));
    PolicyGuard guard = source(s) instanceof Plan.Scan scan ? guards.get(scan) : null;
    return new Flow(
        () ->
            List.of(
                guard != null && guard.isBestFirst() ? guard.sorted(sink.result()) : sink.result()),
        in.totals);
  }

  private Flow lateColumns(Plan.LateColumns l) {
    Flow in = flow(l.input());
    Scan scan = Objects.requireNonNull(scans.get(l.scan()));
    scan.keepForFetch();
    PolicyGuard guard = guards.get(l.scan());
    return in.map(lane -> new LateColumnsLane(lane, l, scan, guard));
  }

  private Flow limit(Plan.Limit l) {
    if (l.limit() == 0 && !l.countAll() && !hasTotals(l.input())) {
      return constant(List.of());
    }
    Flow in = flow(l.input(), above.limit(l.limit() + l.offset()));
    return new Flow(
        () -> {
          List<Lane> lanes = in.lanes.get();
          if (l.ties().isEmpty() && lanes.size() > 1 && l.offset() == 0 && !l.countAll()) {
            var taken = new java.util.concurrent.atomic.AtomicLong();
            return lanes.stream().<Lane>map(x -> new SharedLimitLane(x, taken, l.limit())).toList();
          }
          return List.of(new LimitLane(ConcatLane.of(lanes), l));
        },
        in.totals);
  }

  private static boolean isNeverTrue(@Nullable Expr condition) {
    return condition instanceof Expr.Constant c
        && (c.value().isNullAt(0)
            || LowCardinalityType.strip(c.type()).equals(IntegerType.UINT8)
                && c.value().plain() instanceof Int8Column v
                && v.values()[0] == 0);
  }

  private static boolean hasTotals(Plan plan) {
    boolean[] found = {plan instanceof Plan.Aggregate a && a.totals()};
    PlanRewriter.mapInputs(
        plan,
        input -> {
          found[0] |= hasTotals(input);
          return input;
        });
    return found[0];
  }

  private Flow distinct(Plan.Distinct d) {
    Flow in = flow(d.input(), above.limit(0));
    QueryContext own = context;
    return new Flow(
        () -> List.of(new DistinctLane(ConcatLane.of(in.lanes.get()), d, own)), in.totals);
  }

  /**
   * Inputs are read one after the other, each of them in parallel: their order stays. What other
   * servers compute comes meanwhile.
   */
  private Flow union(Plan.Union u) {
    List<Flow> flows = u.inputs().stream().map(this::flow).toList();
    Supplier<@Nullable Block> totals =
        flows.stream().map(Flow::totals).filter(Objects::nonNull).findFirst().orElse(null);
    return new Flow(
        () -> {
          List<List<Lane>> all = new ArrayList<>();
          List<Lane> lanes = new ArrayList<>();
          for (int i = 0; i < flows.size(); i++) {
            List<Lane> own = flows.get(i).lanes.get();
            if (computed(u.inputs().get(i)) instanceof Plan.Remote) {
              lanes.addAll(own);
            } else {
              all.add(own);
            }
          }
          int width = all.stream().mapToInt(List::size).max().orElse(0);
          for (int i = 0; i < width; i++) {
            List<Lane> one = new ArrayList<>();
            for (List<Lane> l : all) {
              if (i < l.size()) {
                one.add(l.get(i));
              }
            }
            lanes.add(ConcatLane.of(one));
          }
          return lanes;
        },
        totals);
  }

  private Flow setDifference(Plan.SetDifference d) {
    Flow right = flow(d.right(), Above.collecting(false));
    var built = new CollectSink(context);
    stages.add(new Stage("set", right.lanes, built));
    Flow left = flow(d.left());
    return new Flow(
        () -> List.of(new SetDifferenceLane(ConcatLane.of(left.lanes.get()), built.blocks(), d)),
        left.totals);
  }

  private Flow join(Plan.Join j) {
    Flow right = flow(j.right(), Above.collecting(false));
    var build = new JoinBuild(j, context);
    stages.add(new Stage("join build", right.lanes, build));
    Flow left = flow(j.left());
    return new Flow(
        () -> {
          List<Lane> lanes = left.lanes.get();
          if (build.makesNoRows()) {
            lanes.forEach(Lane::close);
            return List.of();
          }
          if (j.kind() == Plan.JoinKind.PASTE) {
            return List.of(new PasteJoinLane(ConcatLane.of(lanes), build));
          }
          List<Lane> probing =
              new ArrayList<>(lanes.stream().<Lane>map(l -> new JoinLane(l, build)).toList());
          if (!build.keepsUnmatchedRight()) {
            return probing;
          }
          return build.withUnmatched(probing);
        },
        totals(left, right, j));
  }

  private static @Nullable Supplier<@Nullable Block> totals(Flow left, Flow right, Plan.Join j) {
    Supplier<@Nullable Block> ofLeft = left.totals;
    Supplier<@Nullable Block> ofRight = right.totals;
    if (ofLeft == null && ofRight == null) {
      return null;
    }
    return () ->
        JoinTotals.of(
            ofLeft == null ? null : ofLeft.get(),
            ofRight == null ? null : ofRight.get(),
            j.left().header().size(),
            j.header());
  }

  /** A step that needs all its rows in one block. */
  private Flow collected(Plan input, io.longhouse.column.Header header, UnaryOperator<Block> work) {
    Flow in = flow(input, Above.collecting(false));
    var sink = new CollectSink(context);
    stages.add(new Stage("collect", in.lanes, sink));
    return new Flow(
        () -> List.of(new BlocksLane(BlocksLane.split(work.apply(sink.single(input.header()))))),
        in.totals);
  }
}
