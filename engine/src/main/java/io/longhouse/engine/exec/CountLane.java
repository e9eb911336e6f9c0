package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the rows that pass. */
record CountLane(Lane input, LongAdder rows) implements Lane {
  @Override
  public @Nullable Block next() {
    Block block = input.next();
    if (block != null) {
      rows.add(block.rows());
    }
    return block;
  }

  @Override
  public boolean keepsNothing() {
    return input.keepsNothing();
  }

  @Override
  public void close() {
    input.close();
  }
}
