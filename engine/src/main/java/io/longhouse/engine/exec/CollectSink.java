package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import java.util.ArrayList;
import java.util.List;

/** Keeps all blocks, lane by lane. */
public final class CollectSink implements Sink {
  private final QueryContext context;
  private final List<List<Block>> lanes = new ArrayList<>();

  public CollectSink(QueryContext context) {
    this.context = context;
  }

  @Override
  public synchronized Local newLocal() {
    List<Block> mine = new ArrayList<>();
    lanes.add(mine);
    return block -> {
      context.memory().charge(block.retainedBytes());
      mine.add(block);
    };
  }

  /** All blocks, in the order of the lanes. */
  public List<Block> blocks() {
    return lanes.stream().flatMap(List::stream).toList();
  }

  /** All rows in one block. */
  public Block single(Header header) {
    List<Block> all = blocks();
    return all.isEmpty() ? header.emptyBlock() : Blocks.concat(all, header);
  }
}
