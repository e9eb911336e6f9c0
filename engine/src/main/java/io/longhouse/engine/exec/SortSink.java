package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts all rows; with a limit, each lane keeps little more than that many rows, and a threshold
 * (the limit-th key so far) throws away most rows before they are looked at again.
 */
final class SortSink implements Sink {
  private static final int KEEP_ROWS_MIN = 4096;
  private static final int RUN_PIECE_ROWS = 8192;
  private static final long INFINITY = Double.doubleToLongBits(Double.POSITIVE_INFINITY);

  private final Plan.Sort sort;
  private final QueryContext context;
  private final List<Local> lanes = new ArrayList<>();
  private final SizeLimit sizes;
  private final SpillThreshold threshold;
  private List<Block> result = List.of();
  private @Nullable SpillFile file;
  private final List<SpillFile.Section> runs = new ArrayList<>();

  SortSink(Plan.Sort sort, QueryContext context) {
    this.sort = sort;
    this.context = context;
    this.sizes = SizeLimit.ofSort(context.settings());
    this.threshold = new SpillThreshold("sort", context);
  }

  @Override
  public synchronized Sink.Local newLocal() {
    var local = new Local();
    lanes.add(local);
    return local;
  }

  @Override
  public void finish() {
    List<Block> all = new ArrayList<>();
    for (Local l : lanes) {
      all.addAll(l.blocks);
      l.blocks = new ArrayList<>();
    }
    if (all.isEmpty()) {
      return;
    }
    Block sorted = sorted(all, sort.limit());
    result = BlocksLane.split(sorted);
  }

  private Block sorted(List<Block> blocks, long limit) {
    Block one = Blocks.concat(blocks, sort.header());
    int[] order = SortPermutation.of(one, sort.keys(), sort.header());
    int count = limit > 0 ? (int) Math.min(limit, order.length) : order.length;
    return Blocks.gather(one, order, count);
  }

  /** The sorted rows; called once. */
  Lane result() {
    SpillFile spilled = file;
    if (spilled == null) {
      return new BlocksLane(result);
    }
    List<Lane> all = new ArrayList<>();
    runs.forEach(r -> all.add(spilled.read(r)));
    all.add(new BlocksLane(result));
    return new MergeRunsLane(all, sort.keys(), sort.header());
  }

  /** Puts a lane's rows aside as a sorted run. */
  private void spill(List<Block> blocks) {
    List<Block> pieces = pieces(sorted(blocks, 0));
    synchronized (runs) {
      SpillFile to = file;
      if (to == null) {
        to =
            new SpillFile(
                sort.header().fields().stream().map(Header.Field::type).toList(), context);
        file = to;
      }
      runs.add(to.write(pieces));
    }
    context.event("ExternalSortWritePart").increment();
  }

  /** A run is read piece by piece, with all runs open at once. */
  private static List<Block> pieces(Block sorted) {
    List<Block> pieces = new ArrayList<>();
    for (int from = 0; from < sorted.rows(); from += RUN_PIECE_ROWS) {
      pieces.add(sorted.slice(from, Math.min(RUN_PIECE_ROWS, sorted.rows() - from)));
    }
    return pieces;
  }

  /** One lane's rows so far. */
  private final class Local implements Sink.Local {
    private List<Block> blocks = new ArrayList<>();
    private long rows;
    private @Nullable Threshold threshold;
    private long rowsTaken;
    private long bytesTaken;
    private boolean full;
    private long held;

    @Override
    public boolean isSatisfied() {
      return full;
    }

    /** As many rows of a block as could be among the first are what counts. */
    private void checkSizes(Block block) {
      long taken = sort.limit() > 0 ? Math.min(sort.limit(), block.rows()) : block.rows();
      rowsTaken += taken;
      bytesTaken += block.retainedBytes() * taken / Math.max(1, block.rows());
      full = sizes.isReached(rowsTaken, bytesTaken);
    }

    @Override
    public void consume(Block block) {
      if (!sizes.isNone()) {
        checkSizes(block);
      }
      Threshold t = threshold;
      Block kept = t == null ? block : t.filter(block);
      if (kept.rows() == 0) {
        return;
      }
      context.memory().charge(kept.retainedBytes());
      blocks.add(kept);
      rows += kept.rows();
      if (sort.limit() == 0) {
        held += kept.retainedBytes();
        SortSink.this.threshold.add(kept.retainedBytes());
        if (SortSink.this.threshold.isReached(held)) {
          spill(blocks);
          blocks = new ArrayList<>();
          rows = 0;
          context.memory().charge(-held);
          SortSink.this.threshold.add(-held);
          held = 0;
        }
      }
      if (sort.limit() > 0 && rows > Math.max(KEEP_ROWS_MIN, 2 * sort.limit())) {
        truncate();
      }
    }

    private void truncate() {
      long before = blocks.stream().mapToLong(Block::retainedBytes).sum();
      Block best = sorted(blocks, sort.limit());
      blocks = new ArrayList<>(List.of(best));
      rows = best.rows();
      context.memory().charge(best.retainedBytes() - before);
      threshold = Threshold.of(sort, best);
    }
  }

  /** Rows whose first key is beyond that of the last row kept cannot be among the first. */
  private record Threshold(int column, DataType type, boolean descending, long bound) {
    static @Nullable Threshold of(Plan.Sort sort, Block best) {
      Plan.SortKey key = sort.keys().getFirst();
      DataType type = sort.header().type(key.column());
      if (best.rows() < sort.limit() || !type.hasOrderLongs()) {
        return null;
      }
      long[] bound = new long[1];
      type.orderLongs(best.column(key.column()).full(), best.rows() - 1, 1, bound);
      boolean isNaN = type instanceof FloatType && bound[0] > INFINITY;
      return key.nullsFirst() || isNaN
          ? null
          : new Threshold(key.column(), type, key.descending(), bound[0]);
    }

    Block filter(Block block) {
      Column c = block.column(column).full();
      int n = block.rows();
      long[] order = new long[n];
      type.orderLongs(c, 0, n, order);
      int[] selected = new int[n];
      int count = 0;
      if (descending) {
        for (int i = 0; i < n; i++) {
          selected[count] = i;
          count += order[i] >= bound ? 1 : 0;
        }
      } else {
        for (int i = 0; i < n; i++) {
          selected[count] = i;
          count += order[i] <= bound ? 1 : 0;
        }
      }
      return block.select(selected, count);
    }
  }
}
