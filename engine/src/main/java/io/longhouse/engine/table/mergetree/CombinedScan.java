package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Block;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import io.longhouse.storage.mergetree.FinalScan;
import io.longhouse.storage.mergetree.IndexUse;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.SnapshotLease;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A read of a table with rows of equal key combined: FINAL. What a condition says of the sorting
 * key alone is asked while reading, the rest of it only of the rows that came of the combination.
 */
final class CombinedScan implements Scan {
  private final MergeTreeData data;
  private final @Nullable Expr indexed;
  private final FinalScan scan;
  private final ScanConditions conditions;
  private final QueryContext context;

  CombinedScan(MergeTreeData data, SnapshotLease lease, ScanRequest request, QueryContext context) {
    this.context = context;
    MergeTreeMetadata metadata = data.metadata();
    Set<Integer> keys = new HashSet<>();
    for (Expr e : metadata.sortingKey()) {
      if (e instanceof Expr.Input i) {
        keys.add(i.index());
      }
    }
    this.conditions = new ScanConditions(request.columns(), metadata, context);
    Expr filter = request.filter();
    Expr ofKey = filter == null ? null : conditions.about(filter, keys::contains);
    List<Expr> before = new ArrayList<>();
    if (request.prewhere() != null) {
      before.add(request.prewhere());
    }
    if (ofKey != null) {
      before.add(ofKey);
    }
    List<Expr> indexed = new ArrayList<>(before);
    if (filter != null) {
      indexed.add(filter);
    }
    Expr early = conditions.all(before);
    this.indexed = overStored(indexed, conditions);
    this.data = data;
    this.scan =
        FinalScan.of(
            data,
            lease,
            new FinalScan.Request(
                request.columns(),
                this.indexed,
                overStored(before, conditions),
                early,
                isByPartition(metadata, keys)));
    ScanConditions.requireIndexes(scan.selection(), scan::close, metadata, context);
  }

  private static @Nullable Expr overStored(List<Expr> conjuncts, ScanConditions conditions) {
    Expr all = conditions.all(conjuncts);
    return all == null ? null : conditions.overStored(all);
  }

  /** Whether equal keys are always in one partition, or the query says that it may be so taken. */
  private boolean isByPartition(MergeTreeMetadata metadata, Set<Integer> keys) {
    return context.settings().isOn("do_not_merge_across_partitions_select_final")
        || metadata.partitionKey().stream().allMatch(e -> keys.containsAll(Exprs.inputs(e)));
  }

  @Override
  public boolean isIndexed(Expr operand) {
    return conditions.isIndexed(operand);
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
    context.progress().totalRowsToRead.add(scan.selection().rows());
    context.event("SelectedParts").add(scan.selection().parts().size());
    context.event("SelectedMarks").add(scan.selection().granules());
    List<FinalScan.Reader> readers = scan.readers();
    int width = Math.clamp(readers.size(), 1, parallelism);
    var next = new AtomicInteger();
    var open = new AtomicInteger(width);
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      lanes.add(new ReadersLane(readers, next, open));
    }
    return lanes;
  }

  private final class ReadersLane implements Lane {
    private final List<FinalScan.Reader> readers;
    private final AtomicInteger next;
    private final AtomicInteger open;
    private FinalScan.@Nullable Reader current;
    private long rowsSeen;
    private long bytesSeen;
    private boolean closed;

    ReadersLane(List<FinalScan.Reader> readers, AtomicInteger next, AtomicInteger open) {
      this.readers = readers;
      this.next = next;
      this.open = open;
    }

    @Override
    public @Nullable Block next() {
      while (true) {
        FinalScan.Reader reader = current;
        if (reader == null) {
          int at = next.getAndIncrement();
          if (at >= readers.size()) {
            return null;
          }
          reader = readers.get(at);
          current = reader;
          rowsSeen = 0;
          bytesSeen = 0;
        }
        Block block = reader.next();
        context.progress().readRows.add(reader.rowsRead() - rowsSeen);
        context.progress().readBytes.add(reader.bytesRead() - bytesSeen);
        rowsSeen = reader.rowsRead();
        bytesSeen = reader.bytesRead();
        if (block != null) {
          return block;
        }
        current = null;
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        if (open.decrementAndGet() == 0) {
          scan.close();
        }
      }
    }
  }
}
