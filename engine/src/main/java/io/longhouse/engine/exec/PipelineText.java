package io.longhouse.engine.exec;

import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.Scan;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code EXPLAIN PIPELINE}: below each step of a plan the transforms that {@link Pipelines} makes
 * of it, under ClickHouse's names, with the number of lanes that run side by side. Only the number
 * behind a GROUP BY is decided while the query runs: what is said of it is the most.
 */
public final class PipelineText {
  private final QueryContext context;
  private final int threads;
  private final List<String> lines = new ArrayList<>();

  private PipelineText(QueryContext context, int threads) {
    this.context = context;
    this.threads = threads;
  }

  /**
   * @param threads lanes of a scan at most
   */
  public static List<String> of(Plan plan, QueryContext context, int threads) {
    var text = new PipelineText(context, threads);
    text.print(text.step(plan), 0);
    return text.lines;
  }

  /**
   * @param transforms the last first
   * @param lanes of what comes out
   */
  private record Step(String name, List<String> transforms, List<Step> inputs, int lanes) {}

  private void print(Step step, int depth) {
    lines.add("  ".repeat(depth) + "(" + step.name + ")");
    for (int i = 0; i < step.transforms.size(); i++) {
      lines.add("  ".repeat(depth + i) + step.transforms.get(i));
    }
    int below = depth + Math.max(1, step.transforms.size());
    step.inputs.forEach(in -> print(in, below));
  }

  private static String times(String transform, int lanes) {
    return lanes > 1 ? transform + " × " + lanes : transform;
  }

  /** A step that every lane goes through by itself. */
  private static Step each(String name, String transform, Step in) {
    return new Step(name, List.of(times(transform, in.lanes)), List.of(in), in.lanes);
  }

  /** A step that wants all rows in one lane, one lane after the other. */
  private static Step together(String name, String transform, Step in) {
    List<String> transforms =
        in.lanes > 1 ? List.of(transform, "Concat " + in.lanes + " → 1") : List.of(transform);
    return new Step(name, transforms, List.of(in), 1);
  }

  private Step step(Plan plan) {
    return switch (plan) {
      case Plan.OneRow _ -> new Step("ReadFromSystemOne", List.of(), List.of(), 1);
      case Plan.Values _ -> new Step("ReadFromPreparedSource", List.of(), List.of(), 1);
      case Plan.Scan s -> scan(s);
      case Plan.Remote r ->
          new Step("ReadFromRemote", List.of("Remote"), List.of(), Math.max(1, r.queries().size()));
      case Plan.Secured _ -> throw new IllegalStateException("a read that nobody allowed");
      case Plan.Filter f -> each("Filter", "FilterTransform", step(f.input()));
      case Plan.Guarded g -> each("Filter", "FilterTransform", step(g.input()));
      case Plan.Project p -> each("Expression", "ExpressionTransform", step(p.input()));
      case Plan.ArrayJoin a -> each("ArrayJoin", "ArrayJoinTransform", step(a.input()));
      case Plan.LateColumns l ->
          each("JoinLazyColumnsStep", "JoinLazyColumnsTransform", step(l.input()));
      case Plan.Scoped s -> step(s.input());
      case Plan.Aggregate a -> aggregate(step(a.input()));
      case Plan.Sort s -> sort(step(s.input()));
      case Plan.Limit l -> limit(l, step(l.input()));
      case Plan.Slice s -> together("Limit", "Limit", step(s.input()));
      case Plan.LimitBy l -> together("LimitBy", "LimitByTransform", step(l.input()));
      case Plan.Distinct d -> together("Distinct", "DistinctTransform", step(d.input()));
      case Plan.Window w -> together("Window", "WindowTransform", step(w.input()));
      case Plan.Fill f -> together("Filling", "FillingTransform", step(f.input()));
      case Plan.Union u -> {
        List<Step> in = u.inputs().stream().map(this::step).toList();
        yield new Step("Union", List.of(), in, in.stream().mapToInt(Step::lanes).max().orElse(1));
      }
      case Plan.SetDifference d ->
          new Step(
              "IntersectOrExcept",
              List.of("IntersectOrExceptTransform"),
              List.of(step(d.left()), step(d.right())),
              1);
      case Plan.Join j -> join(step(j.left()), step(j.right()));
    };
  }

  private Step scan(Plan.Scan s) {
    boolean guarded = s.request().guarded();
    Scan scan = s.table().scan(s.request(), guarded ? context.behindPolicy() : context);
    List<Lane> lanes = scan.lanes(threads);
    lanes.forEach(Lane::close);
    String engine = s.table().engine();
    boolean merges = engine.endsWith("MergeTree");
    // How many threads are worth it depends on hidden rows too.
    int count = guarded ? threads : Math.max(1, lanes.size());
    String source = merges ? "MergeTreeSelect" : engine + "Source";
    var read =
        new Step(
            merges ? "ReadFromMergeTree" : "ReadFrom" + engine,
            List.of(times(source, count)),
            List.of(),
            count);
    return s.request().filter() == null || scan.appliesFilter()
        ? read
        : each("Filter", "FilterTransform", read);
  }

  private Step aggregate(Step in) {
    int out = in.lanes > 1 ? threads : 1;
    List<String> transforms = new ArrayList<>();
    if (in.lanes > 1) {
      transforms.add(times("ConvertingAggregatedToChunksTransform", out));
    }
    transforms.add(times("AggregatingTransform", in.lanes));
    return new Step("Aggregating", transforms, List.of(in), out);
  }

  private static Step sort(Step in) {
    String sorting = times("MergeSortingTransform", in.lanes);
    List<String> transforms =
        in.lanes > 1
            ? List.of("MergingSortedTransform " + in.lanes + " → 1", sorting)
            : List.of(sorting);
    return new Step("Sorting", transforms, List.of(in), 1);
  }

  private static Step limit(Plan.Limit l, Step in) {
    boolean shared = l.ties().isEmpty() && l.offset() == 0 && !l.countAll();
    return shared ? each("Limit", "Limit", in) : together("Limit", "Limit", in);
  }

  private static Step join(Step left, Step right) {
    var build = each("FillRightJoinSide", "FillingRightJoinSide", right);
    return new Step(
        "Join", List.of(times("JoiningTransform", left.lanes)), List.of(left, build), left.lanes);
  }
}
