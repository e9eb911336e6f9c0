package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import org.jspecify.annotations.Nullable;

/** Rows of the left beside the right rows of the same number, as far as both go. */
final class PasteJoinLane implements Lane {
  private final Lane input;
  private final JoinBuild build;
  private int next;

  PasteJoinLane(Lane input, JoinBuild build) {
    this.input = input;
    this.build = build;
  }

  @Override
  public @Nullable Block next() {
    int left = build.rows().size() - next;
    Block block = left == 0 ? null : input.next();
    if (block == null) {
      return null;
    }
    if (block.rows() == 0) {
      return build.join().header().emptyBlock();
    }
    int n = Math.min(left, block.rows());
    int[] rows = new int[n];
    for (int i = 0; i < n; i++) {
      rows[i] = next + i;
    }
    next += n;
    int leftWidth = block.columnCount();
    Column[] out = new Column[build.join().header().size()];
    Block mine = block.slice(0, n);
    for (int i = 0; i < leftWidth; i++) {
      out[i] = mine.column(i);
    }
    build.rows().gather(rows, n, out, leftWidth);
    return new Block(out, n);
  }

  @Override
  public void close() {
    input.close();
  }
}
