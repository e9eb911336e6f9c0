package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several lanes, one after the other. */
final class ConcatLane implements Lane {
  private final List<Lane> lanes;
  private int current;

  private ConcatLane(List<Lane> lanes) {
    this.lanes = lanes;
  }

  static Lane of(List<Lane> lanes) {
    return lanes.size() == 1 ? lanes.getFirst() : new ConcatLane(lanes);
  }

  @Override
  public @Nullable Block next() {
    while (current < lanes.size()) {
      Block b = lanes.get(current).next();
      if (b != null) {
        return b;
      }
      lanes.get(current++).close();
    }
    return null;
  }

  @Override
  public void close() {
    for (; current < lanes.size(); current++) {
      lanes.get(current).close();
    }
  }
}
