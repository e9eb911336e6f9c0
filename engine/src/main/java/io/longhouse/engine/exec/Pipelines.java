package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.Scan;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a plan run: from a tree of steps to stages of lanes and sinks. */
public final class Pipelines {
  /** Rows in a block, about as many as ClickHouse has. */
  public static final int BLOCK_ROWS = 65_409;

  private final QueryContext context;
  private final int parallelism;
  private final List<Stage> stages = new ArrayList<>();

  private Pipelines(QueryContext context, int parallelism) {
    this.context = context;
    this.parallelism = parallelism;
  }

  /**
   * A stream under construction: how to make its lanes, and its totals once the stages have run.
   */
  private record Flow(Supplier<List<Lane>> lanes, @Nullable Supplier<@Nullable Block> totals) {
    Flow map(UnaryOperator<Lane> each) {
      return new Flow(() -> lanes.get().stream().map(each).toList(), totals);
    }
  }

  /** What to run: the last stage ends in the sink; totals are there when all have ended. */
  public record Pipeline(List<Stage> stages, @Nullable Supplier<@Nullable Block> totals) {}

  /**
   * @param parallelism lanes of a scan at most
   */
  public static Pipeline build(Plan plan, Sink sink, QueryContext context, int parallelism) {
    var p = new Pipelines(context, parallelism);
    Flow flow = p.flow(plan);
    p.stages.add(new Stage("result", flow.lanes, sink));
    return new Pipeline(p.stages, flow.totals);
  }

  private Flow flow(Plan plan) {
    return switch (plan) {
      case Plan.OneRow _ -> constant(List.of(new Block(new io.longhouse.column.Column[0], 1)));
      case Plan.Values v -> constant(v.blocks());
      case Plan.Scan s -> scan(s);
      case Plan.Filter f -> filter(f);
      case Plan.Project p -> project(p);
      case Plan.ArrayJoin a -> {
        Flow in = flow(a.input());
        yield new Flow(in.map(l -> new ArrayJoinLane(l, a.columns(), a.left())).lanes, in.totals);
      }
      case Plan.Aggregate a -> aggregate(a);
      case Plan.Sort s -> sort(s);
      case Plan.Limit l -> limit(l);
      case Plan.LimitBy l -> {
        Flow in = flow(l.input());
        yield new Flow(() -> List.of(new LimitByLane(ConcatLane.of(in.lanes.get()), l)), in.totals);
      }
      case Plan.Distinct d -> distinct(d);
      case Plan.Union u -> union(u);
      case Plan.SetDifference d -> setDifference(d);
      case Plan.Join j -> join(j);
      case Plan.Window w ->
          collected(w.input(), w.header(), b -> WindowEvaluation.evaluate(w, b, context));
      case Plan.Fill f -> {
        Flow in = flow(f.input());
        yield new Flow(
            () -> List.of(new FillLane(ConcatLane.of(in.lanes.get()), f, context)), in.totals);
      }
    };
  }

  private static Flow constant(List<Block> blocks) {
    return new Flow(() -> List.of(new BlocksLane(blocks)), null);
  }

  private Flow scan(Plan.Scan s) {
    Scan scan = s.table().scan(s.request(), context);
    // A table that can sample or merge while reading would have said what it lacks by now.
    if (s.request().sample() != null) {
      throw new io.longhouse.sql.LonghouseException(
          io.longhouse.sql.ErrorCode.SAMPLING_NOT_SUPPORTED,
          "Storage " + s.table().engine() + " doesn't support sampling");
    }
    if (s.request().isFinal()) {
      throw new io.longhouse.sql.LonghouseException(
          io.longhouse.sql.ErrorCode.ILLEGAL_FINAL,
          "Storage " + s.table().engine() + " doesn't support FINAL");
    }
    Expr filter = s.request().filter();
    Flow flow = new Flow(() -> scan.lanes(parallelism), null);
    var limits = ReadLimitLane.Limits.of(context.settings());
    if (limits != null) {
      limits.plan(scan.rowsToRead());
      flow = flow.map(l -> new ReadLimitLane(l, limits));
    }
    if (filter != null && !scan.appliesFilter()) {
      var program = new Program(List.of(filter));
      return flow.map(l -> new FilterLane(l, program));
    }
    return flow;
  }

  private Flow filter(Plan.Filter f) {
    Flow in = flow(f.input());
    var program = new Program(List.of(f.condition()));
    return in.map(l -> new FilterLane(l, program));
  }

  private Flow project(Plan.Project p) {
    Flow in = flow(p.input());
    var program = new Program(p.expressions());
    Supplier<@Nullable Block> totals = in.totals;
    return new Flow(
        in.map(l -> new ProjectLane(l, program)).lanes,
        totals == null
            ? null
            : () -> {
              Block t = totals.get();
              return t == null ? null : new Block(program.evaluate(t), t.rows());
            });
  }

  private Flow aggregate(Plan.Aggregate a) {
    Flow in = flow(a.input());
    var sink = new AggregateSink(a, context);
    Supplier<List<Lane>> lanes =
        a.hasGroupingSets() ? in.map(l -> new GroupingSetsLane(l, a)).lanes : in.lanes;
    stages.add(new Stage("aggregate", lanes, sink));
    return new Flow(() -> sink.results(parallelism), a.totals() ? sink::totals : null);
  }

  private Flow sort(Plan.Sort s) {
    Flow in = flow(s.input());
    var sink = new SortSink(s, context);
    stages.add(new Stage("sort", in.lanes, sink));
    return new Flow(() -> List.of(new BlocksLane(sink.result())), in.totals);
  }

  private Flow limit(Plan.Limit l) {
    Flow in = flow(l.input());
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

  private Flow distinct(Plan.Distinct d) {
    Flow in = flow(d.input());
    return new Flow(
        () -> List.of(new DistinctLane(ConcatLane.of(in.lanes.get()), d, context)), in.totals);
  }

  /** Inputs are read one after the other, each of them in parallel: their order stays. */
  private Flow union(Plan.Union u) {
    List<Flow> flows = u.inputs().stream().map(this::flow).toList();
    Supplier<@Nullable Block> totals =
        flows.stream()
            .map(Flow::totals)
            .filter(java.util.Objects::nonNull)
            .findFirst()
            .orElse(null);
    return new Flow(
        () -> {
          List<List<Lane>> all = flows.stream().map(f -> f.lanes.get()).toList();
          int width = all.stream().mapToInt(List::size).max().orElse(1);
          List<Lane> lanes = new ArrayList<>();
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
    Flow right = flow(d.right());
    var built = new CollectSink(context);
    stages.add(new Stage("set", right.lanes, built));
    Flow left = flow(d.left());
    return new Flow(
        () -> List.of(new SetDifferenceLane(ConcatLane.of(left.lanes.get()), built.blocks(), d)),
        left.totals);
  }

  private Flow join(Plan.Join j) {
    Flow right = flow(j.right());
    var build = new JoinBuild(j, context);
    stages.add(new Stage("join build", right.lanes, build));
    Flow left = flow(j.left());
    return new Flow(
        () -> {
          List<Lane> lanes = left.lanes.get();
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
        left.totals);
  }

  /** A step that needs all its rows in one block. */
  private Flow collected(Plan input, io.longhouse.column.Header header, UnaryOperator<Block> work) {
    Flow in = flow(input);
    var sink = new CollectSink(context);
    stages.add(new Stage("collect", in.lanes, sink));
    return new Flow(
        () -> List.of(new BlocksLane(BlocksLane.split(work.apply(sink.single(input.header()))))),
        in.totals);
  }
}
