package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Sorted runs as one; equal rows come in the order of the runs. */
final class MergeRunsLane implements Lane {
  private final Header header;
  private final RowComparison order;
  private final PriorityQueue<Run> runs;

  MergeRunsLane(List<Lane> sorted, List<Plan.SortKey> keys, Header header) {
    this.header = header;
    this.order = new RowComparison(keys, header);
    this.runs = new PriorityQueue<>(Math.max(1, sorted.size()), Run::compareTo);
    for (int i = 0; i < sorted.size(); i++) {
      var run = new Run(sorted.get(i), i);
      if (run.load()) {
        runs.add(run);
      }
    }
  }

  private final class Run implements Comparable<Run> {
    private final Lane lane;
    private final int number;
    private Block block = header.emptyBlock();
    private int at;

    Run(Lane lane, int number) {
      this.lane = lane;
      this.number = number;
    }

    /** Goes on to the next block if need be; answers whether there is a row. */
    boolean load() {
      while (at >= block.rows()) {
        Block next = lane.next();
        if (next == null) {
          return false;
        }
        block = next;
        at = 0;
      }
      return true;
    }

    boolean isBefore(int row, Run other) {
      int c = order.compare(block, row, other.block, other.at);
      return c < 0 || c == 0 && number < other.number;
    }

    /** The end of the rows from the current one on that come before the other run's row. */
    int endBefore(@Nullable Run other, int max) {
      int last = (int) Math.min(block.rows(), (long) at + max);
      if (other == null || isBefore(last - 1, other)) {
        return last;
      }
      int low = at;
      int high = last - 1;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (isBefore(middle, other)) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return high;
    }

    @Override
    public int compareTo(Run other) {
      return isBefore(at, other) ? -1 : 1;
    }
  }

  @Override
  public @Nullable Block next() {
    if (runs.isEmpty()) {
      return null;
    }
    List<ColumnBuilder> out = header.newBuilders(Pipelines.BLOCK_ROWS);
    int rows = 0;
    while (rows < Pipelines.BLOCK_ROWS) {
      Run first = runs.poll();
      if (first == null) {
        break;
      }
      int end = first.endBefore(runs.peek(), Pipelines.BLOCK_ROWS - rows);
      int n = end - first.at;
      for (int i = 0; i < header.size(); i++) {
        out.get(i).appendRange(first.block.column(i).full(), first.at, n);
      }
      rows += n;
      first.at = end;
      if (first.load()) {
        runs.add(first);
      }
    }
    List<Column> columns = new ArrayList<>();
    out.forEach(b -> columns.add(b.build()));
    return new Block(columns, rows);
  }
}
