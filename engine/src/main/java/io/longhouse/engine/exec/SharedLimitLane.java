package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A LIMIT over lanes that run side by side, when it does not matter which rows are taken. */
final class SharedLimitLane implements Lane {
  private final Lane input;
  private final AtomicLong taken;
  private final long limit;

  SharedLimitLane(Lane input, AtomicLong taken, long limit) {
    this.input = input;
    this.taken = taken;
    this.limit = limit;
  }

  @Override
  public @Nullable Block next() {
    if (taken.get() >= limit) {
      return null;
    }
    Block b = input.next();
    if (b == null || b.rows() == 0) {
      return b;
    }
    long before = taken.getAndAdd(b.rows());
    long left = limit - before;
    return left <= 0 ? null : left >= b.rows() ? b : b.slice(0, (int) left);
  }

  @Override
  public void close() {
    input.close();
  }
}
