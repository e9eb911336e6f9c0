package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.engine.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * Rows {@code [offset, offset + limit)} of one lane, and with ties those equal to the last of them.
 */
final class LimitLane implements Lane {
  private final Lane input;
  private final Plan.Limit limit;
  private final long end;
  private final RowComparison ties;
  private long seen;
  private @Nullable Block last;
  private boolean over;

  LimitLane(Lane input, Plan.Limit limit) {
    this.input = input;
    this.limit = limit;
    long sum = limit.offset() + limit.limit();
    this.end = sum < 0 ? Long.MAX_VALUE : sum;
    this.ties = new RowComparison(limit.ties(), limit.header());
    this.over = limit.limit() == 0;
  }

  @Override
  public @Nullable Block next() {
    if (over && !limit.countAll()) {
      return null;
    }
    Block block = input.next();
    if (block == null || block.rows() == 0) {
      return block;
    }
    int rows = block.rows();
    int from = (int) Math.clamp(limit.offset() - seen, 0, rows);
    int to = over ? from : (int) Math.clamp(end - seen, from, rows);
    seen += rows;
    if (!over && seen >= end) {
      over = limit.ties().isEmpty();
      if (!over) {
        to = withTies(block, to);
        over = to < rows;
      }
    }
    return block.slice(from, Math.max(0, to - from));
  }

  private int withTies(Block block, int to) {
    Block lastTaken = last;
    if (lastTaken == null && to > 0) {
      lastTaken = block.slice(to - 1, 1);
      last = lastTaken;
    }
    while (lastTaken != null && to < block.rows() && ties.compare(lastTaken, 0, block, to) == 0) {
      to++;
    }
    return to;
  }

  @Override
  public void close() {
    input.close();
  }
}
