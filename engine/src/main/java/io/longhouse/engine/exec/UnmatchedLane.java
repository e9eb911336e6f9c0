package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A probing lane; the last one to end goes on with the right rows that met no left row. The count
 * of lanes still running also makes the other lanes' marks visible to it.
 */
final class UnmatchedLane implements Lane {
  private final Lane probing;
  private final JoinBuild build;
  private final AtomicInteger running;
  private boolean ended;
  private boolean isLast;
  private int next;

  UnmatchedLane(Lane probing, JoinBuild build, AtomicInteger running) {
    this.probing = probing;
    this.build = build;
    this.running = running;
  }

  @Override
  public @Nullable Block next() {
    if (!ended) {
      Block b = probing.next();
      if (b != null) {
        return b;
      }
      ended = true;
      isLast = running.decrementAndGet() == 0;
    }
    return isLast ? unmatched() : null;
  }

  private @Nullable Block unmatched() {
    byte[] marks = build.marks();
    int[] rows = new int[Math.min(Pipelines.BLOCK_ROWS, marks.length - next)];
    int count = 0;
    while (next < marks.length && count < rows.length) {
      rows[count] = next;
      count += marks[next++] == 0 ? 1 : 0;
    }
    if (count == 0) {
      return null;
    }
    int leftWidth = build.join().left().header().size();
    Column[] out = new Column[build.join().header().size()];
    for (int i = 0; i < leftWidth; i++) {
      out[i] = build.join().header().type(i).defaults(count);
    }
    build.rows().gather(Arrays.copyOf(rows, count), count, out, leftWidth);
    return new Block(out, count);
  }

  @Override
  public void close() {
    probing.close();
  }
}
