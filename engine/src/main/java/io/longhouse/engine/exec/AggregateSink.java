package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY: each lane groups its rows by itself; the lanes' groups are merged partition by
 * partition, in parallel, when the results are read.
 */
final class AggregateSink implements Sink {
  /** Below this many groups one lane merges everything. */
  private static final int PARALLEL_MERGE_GROUPS_MIN = 20_000;

  /** Groups that were put aside come back in so many parts, one after the other. */
  private static final int SPILL_PARTS = 64;

  private static final int SPILL_BLOCK_ROWS = 8192;

  private final Plan.Aggregate plan;
  private final QueryContext context;
  private final Aggregator.Layout layout;
  private final @Nullable Program program;
  private final @Nullable Program having;
  private final List<Aggregator> lanes = new ArrayList<>();
  private final long groupsMax;
  private final String totalsMode;
  private final SpillThreshold threshold;
  private final boolean canSpill;
  private final List<Spilled> spilled = new ArrayList<>();

  /** Rows whose keys came after the limit of keys. */
  private final List<Aggregator> overflows = new ArrayList<>();

  private @Nullable Aggregator totals;
  private long groupsSeen;
  private long groupsPassed;

  AggregateSink(Plan.Aggregate plan, QueryContext context) {
    this.plan = plan;
    this.context = context;
    this.layout = Aggregator.Layout.of(plan);
    this.program = plan.hasGroupingSets() ? null : new Program(inputs(plan));
    Expr condition = plan.having();
    this.having = condition == null ? null : new Program(List.of(condition));
    this.totalsMode = context.settings().text("totals_mode");
    this.groupsMax = context.settings().number("max_rows_to_group_by");
    this.threshold = new SpillThreshold("group_by", context);
    this.canSpill = !layout.keyTypes().isEmpty() && groupsMax == 0;
  }

  private static List<Expr> inputs(Plan.Aggregate plan) {
    List<Expr> all = new ArrayList<>(plan.keys());
    plan.aggregates().forEach(a -> all.addAll(a.arguments()));
    return all;
  }

  /** Groups that a lane has put aside, by partition. */
  private static final class Spilled {
    private final SpillFile file;
    private final List<List<SpillFile.Section>> sections = new ArrayList<>();

    Spilled(SpillFile file) {
      this.file = file;
      for (int p = 0; p < SPILL_PARTS; p++) {
        sections.add(new ArrayList<>());
      }
    }
  }

  private void spill(Spilled to, Aggregator groups) {
    for (int p = 0; p < SPILL_PARTS; p++) {
      context.checkStopped();
      List<Block> blocks = groups.serialized(p, SPILL_PARTS, SPILL_BLOCK_ROWS);
      if (!blocks.isEmpty()) {
        to.sections.get(p).add(to.file.write(blocks));
      }
    }
    context.event("ExternalAggregationWritePart").increment();
  }

  private synchronized Spilled newSpilled() {
    var s = new Spilled(new SpillFile(Aggregator.serializedTypes(layout), context));
    spilled.add(s);
    return s;
  }

  @Override
  public synchronized Local newLocal() {
    int number = lanes.size();
    lanes.add(new Aggregator(layout));
    return new Local() {
      private Aggregator aggregator = lanes.get(number);
      private @Nullable Spilled aside;
      private long charged;

      @Override
      public boolean keepsNothing() {
        // Tables copy their keys.
        return layout.functions().stream().noneMatch(AggregateFunction::keepsArguments);
      }

      private @Nullable Aggregator rest;
      private boolean full;

      @Override
      public boolean isSatisfied() {
        return full && rest == null;
      }

      @Override
      public void consume(Block block) {
        Column[] columns = program == null ? block.columns() : program.evaluate(block);
        Aggregator others = rest;
        if (others != null) {
          aggregator.addToKnown(columns, block.rows(), others);
        } else {
          aggregator.add(columns, block.rows());
        }
        charge(aggregator.retainedBytes());
        if (others == null && canSpill && threshold.isReached(charged)) {
          Spilled to = aside == null ? newSpilled() : aside;
          aside = to;
          spill(to, aggregator);
          aggregator = new Aggregator(layout);
          replace(number, aggregator);
          charge(aggregator.retainedBytes());
        }
        if (groupsMax > 0 && aggregator.groupCount() > groupsMax && !full) {
          full = true;
          rest = overflow(aggregator);
        }
      }

      private void charge(long bytes) {
        context.memory().charge(bytes - charged);
        threshold.add(bytes - charged);
        charged = bytes;
      }
    };
  }

  private synchronized void replace(int lane, Aggregator other) {
    lanes.set(lane, other);
  }

  /** Where rows of keys too many go from now on; null when no more rows are wanted. */
  private synchronized @Nullable Aggregator overflow(Aggregator full) {
    switch (context.settings().text("group_by_overflow_mode")) {
      case "any" -> {
        var rest = new Aggregator(layoutWithoutKeys());
        overflows.add(rest);
        return rest;
      }
      case "break" -> {
        return null;
      }
      default ->
          throw new LonghouseException(
              ErrorCode.TOO_MANY_ROWS,
              "Limit for rows to GROUP BY exceeded: has "
                  + full.groupCount()
                  + " rows, maximum: "
                  + groupsMax);
    }
  }

  /** Lanes that yield the groups. Called when all rows are in. */
  List<Lane> results(int parallelism) {
    if (plan.totals()) {
      totals = new Aggregator(layoutWithoutKeys());
    }
    if (lanes.isEmpty()) {
      lanes.add(new Aggregator(layout));
    }
    if (!spilled.isEmpty()) {
      return spilledResults(parallelism);
    }
    long groups = lanes.stream().mapToLong(Aggregator::groupCount).sum();
    int parts = groups < PARALLEL_MERGE_GROUPS_MIN ? 1 : Integer.highestOneBit(2 * parallelism - 1);
    if (lanes.size() == 1) {
      return List.of(new ResultLane(0, 1, lanes.getFirst()));
    }
    List<Lane> results = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      results.add(new ResultLane(p, parts, null));
    }
    return results;
  }

  private List<Lane> spilledResults(int parallelism) {
    List<Lane> results = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      results.add(new SpilledLane(i, parallelism));
    }
    return results;
  }

  /** Every {@code step}-th part of the groups, one after the other. */
  private final class SpilledLane implements Lane {
    private final int step;
    private int part;
    private @Nullable ResultLane groups;
    private long charged;

    SpilledLane(int first, int step) {
      this.part = first;
      this.step = step;
    }

    @Override
    public @Nullable Block next() {
      while (part < SPILL_PARTS) {
        ResultLane lane = groups;
        if (lane == null) {
          Aggregator all = merged();
          charged = all.retainedBytes();
          context.memory().charge(charged);
          lane = new ResultLane(part, SPILL_PARTS, all);
          groups = lane;
        }
        Block b = lane.next();
        if (b != null) {
          return b;
        }
        context.memory().charge(-charged);
        charged = 0;
        groups = null;
        part += step;
      }
      return null;
    }

    private Aggregator merged() {
      var all = new Aggregator(layout);
      for (Aggregator lane : lanes) {
        all.merge(lane, part, SPILL_PARTS);
      }
      for (Spilled s : spilled) {
        for (SpillFile.Section section : s.sections.get(part)) {
          Lane blocks = s.file.read(section);
          for (Block b = blocks.next(); b != null; b = blocks.next()) {
            context.checkStopped();
            all.mergeSerialized(b);
          }
        }
      }
      return all;
    }
  }

  private Aggregator.Layout layoutWithoutKeys() {
    return new Aggregator.Layout(
        List.of(),
        layout.functions(),
        layout.firstArgument(),
        layout.argumentCount(),
        layout.words(),
        layout.slots(),
        layout.stride(),
        layout.slotCount());
  }

  /** The totals row; all groups have been read. */
  synchronized @Nullable Block totals() {
    Aggregator t = totals;
    if (t == null) {
      return null;
    }
    if (overflowIsInTotals()) {
      overflows.forEach(o -> t.mergeIntoOne(o, new int[] {0}, 1));
      overflows.clear();
    }
    List<Column> columns = new ArrayList<>();
    layout.keyTypes().forEach(k -> columns.add(k.defaultValue()));
    columns.addAll(List.of(t.totalsRow().columns()));
    return new Block(columns, 1);
  }

  private boolean overflowIsInTotals() {
    return switch (totalsMode) {
      case "before_having", "after_having_inclusive" -> true;
      case "after_having_auto" ->
          groupsSeen > 0
              && (double) groupsPassed / groupsSeen
                  >= context.settings().decimal("totals_auto_threshold");
      default -> false;
    };
  }

  /** One partition of the groups, merged when it is first asked for. */
  private final class ResultLane implements Lane {
    private final int part;
    private final int parts;
    private @Nullable Aggregator merged;
    private int next;

    ResultLane(int part, int parts, @Nullable Aggregator merged) {
      this.part = part;
      this.parts = parts;
      this.merged = merged;
    }

    @Override
    public @Nullable Block next() {
      Aggregator groups = merged;
      if (groups == null) {
        groups = merge();
        merged = groups;
      }
      int count = Math.min(Pipelines.BLOCK_ROWS, groups.groupCount() - next);
      if (count <= 0) {
        return null;
      }
      int first = next;
      next += count;
      Block block = groups.results(first, count);
      return having == null && totals == null ? block : filtered(groups, block, first);
    }

    private Aggregator merge() {
      var all = new Aggregator(layout);
      for (Aggregator lane : lanes) {
        context.checkStopped();
        all.merge(lane, part, parts);
      }
      context.memory().charge(all.retainedBytes());
      return all;
    }

    /** Every row is in each of the sets of ROLLUP and CUBE; the first has all keys. */
    private boolean isOfFirstSet(Block block, int row) {
      return !plan.hasGroupingSets()
          || ((Int64Column) block.column(plan.keys().size())).values()[row] == 0;
    }

    private Block filtered(Aggregator groups, Block block, int first) {
      int[] kept = new int[block.rows()];
      int count = block.rows();
      if (having != null) {
        count = FilterLane.select(having.evaluate(block)[0], block.rows(), kept);
      } else {
        for (int i = 0; i < count; i++) {
          kept[i] = i;
        }
      }
      Aggregator all = totals;
      if (all != null) {
        boolean every = totalsMode.equals("before_having");
        int[] from = new int[every ? block.rows() : count];
        int used = 0;
        for (int i = 0; i < from.length; i++) {
          int row = every ? i : kept[i];
          if (isOfFirstSet(block, row)) {
            from[used++] = first + row;
          }
        }
        synchronized (AggregateSink.this) {
          groupsSeen += block.rows();
          groupsPassed += count;
          all.mergeIntoOne(groups, from, used);
        }
      }
      return block.select(kept, count);
    }
  }
}
