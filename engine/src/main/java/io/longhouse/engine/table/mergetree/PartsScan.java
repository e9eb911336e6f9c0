package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Block;
import io.longhouse.engine.exec.Blocks;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import io.longhouse.storage.mergetree.IndexUse;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MergeTreeScan;
import io.longhouse.storage.mergetree.Morsel;
import io.longhouse.storage.mergetree.RowReader;
import io.longhouse.storage.mergetree.ScanReader;
import io.longhouse.storage.mergetree.Selection;
import io.longhouse.storage.mergetree.SnapshotLease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A read of a MergeTree table: the filter prunes by the indexes and is applied while reading. */
final class PartsScan implements Scan {
  /**
   * Rows that make a further thread worth its while, as {@code
   * merge_tree_min_rows_for_concurrent_read}.
   */
  private static final long ROWS_PER_LANE_MIN = 163_840;

  private final MergeTreeData data;
  private final @Nullable Expr indexed;
  private final MergeTreeScan scan;
  private final QueryContext context;
  private final @Nullable BestFirst bestFirst;

  /**
   * Behind a policy, rows of equal keys must not come in an order that depends on where granules
   * end.
   */
  private final boolean isReversed;

  private boolean keptForFetch;
  private @Nullable RowCount visible;

  PartsScan(MergeTreeData data, SnapshotLease lease, ScanRequest request, QueryContext context) {
    this.context = context;
    this.data = data;
    ScanConditions.Ordered ordered =
        new ScanConditions(request.columns(), data.metadata(), context).ordered(request);
    Expr filter = ordered.filter();
    this.indexed =
        filter == null
            ? null
            : new ScanConditions(request.columns(), data.metadata(), context).overStored(filter);
    this.scan =
        MergeTreeScan.of(data, lease, request.columns(), indexed, filter, request.filterOnly());
    this.bestFirst = BestFirst.of(filter, request.columns(), data.metadata());
    this.isReversed =
        bestFirst != null && request.guarded() && bestFirst.threshold().isDescending();
    scan.countAfter(ordered.indexed());
    context.onEnd(scan::close);
    context
        .log()
        .add(
            System.Logger.Level.DEBUG,
            data.table() + " (SelectExecutor)",
            () -> summary(scan.selection()));
    ScanConditions.requireIndexes(scan.selection(), scan::close, data.metadata(), context);
  }

  private static String summary(Selection s) {
    return "Parts: "
        + s.parts().size()
        + "/"
        + s.partsTotal()
        + ", Granules: "
        + s.granules()
        + "/"
        + s.granulesTotal()
        + ", rows: "
        + s.rows();
  }

  @Override
  public boolean appliesFilter() {
    return true;
  }

  @Override
  public boolean countsVisible(RowCount counts) {
    visible = bestFirst == null ? counts : null;
    return bestFirst == null;
  }

  @Override
  public boolean readsBestFirst() {
    return bestFirst != null;
  }

  @Override
  public long rowsToRead() {
    return scan.selection().rows();
  }

  @Override
  public Estimate estimate() {
    var s = scan.selection();
    return new Estimate(s.parts().size(), s.rows(), s.granules());
  }

  @Override
  public List<String> describe() {
    return IndexUse.lines(data, indexed);
  }

  @Override
  public List<Lane> lanes(int parallelism) {
    List<Morsel> morsels = bestFirst == null ? scan.morsels() : bestFirst.morsels(scan);
    long rows = scan.selection().rows();
    context.progress().totalRowsToRead.add(rows);
    context.event("SelectedParts").add(scan.selection().parts().size());
    context.event("SelectedMarks").add(scan.selection().granules());
    int width = (int) Math.clamp(rows / ROWS_PER_LANE_MIN, 1, parallelism);
    var next = new AtomicInteger();
    var open = new AtomicInteger(width);
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      lanes.add(new PartsLane(morsels, next, open, scan.newReader()));
    }
    return lanes;
  }

  @Override
  public void keepForFetch() {
    keptForFetch = true;
  }

  @Override
  public Block fetch(List<String> columns, long[] parts, long[] offsets) {
    RowReader reader = scan.rowReader(columns);
    Block block = reader.read(parts, offsets, context::checkStopped);
    context.progress().readBytes.add(reader.bytesRead());
    return block;
  }

  private static Block reversed(Block block) {
    int rows = block.rows();
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = rows - 1 - i;
    }
    return Blocks.gather(block, order, rows);
  }

  private final class PartsLane implements Lane {
    private final List<Morsel> morsels;
    private final AtomicInteger next;
    private final AtomicInteger open;
    private final ScanReader reader;
    private long rowsSeen;
    private long bytesSeen;
    private long rowsPassed;
    private long bytesPassed;
    private boolean closed;

    PartsLane(List<Morsel> morsels, AtomicInteger next, AtomicInteger open, ScanReader reader) {
      this.morsels = morsels;
      this.next = next;
      this.open = open;
      this.reader = reader;
    }

    @Override
    public @Nullable Block next() {
      int at = next.getAndIncrement();
      if (at >= morsels.size()) {
        return null;
      }
      Morsel morsel = morsels.get(at);
      if (bestFirst != null && !bestFirst.canHaveBest(morsel)) {
        return scan.header().emptyBlock();
      }
      Block block = reader.read(morsel);
      context.progress().readRows.add(reader.rowsRead() - rowsSeen);
      context.progress().readBytes.add(reader.bytesRead() - bytesSeen);
      rowsSeen = reader.rowsRead();
      bytesSeen = reader.bytesRead();
      RowCount counts = visible;
      if (counts != null && reader.rowsPassed() > rowsPassed) {
        counts.add(reader.rowsPassed() - rowsPassed, reader.bytesPassed() - bytesPassed);
        rowsPassed = reader.rowsPassed();
        bytesPassed = reader.bytesPassed();
      }
      if (block == null) {
        return scan.header().emptyBlock();
      }
      return isReversed ? reversed(block) : block;
    }

    @Override
    public boolean keepsNothing() {
      return true;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        if (open.decrementAndGet() == 0 && !keptForFetch) {
          scan.close();
        }
      }
    }
  }
}
