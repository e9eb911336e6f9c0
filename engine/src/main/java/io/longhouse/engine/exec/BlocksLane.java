package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Yields blocks that are there already. */
public final class BlocksLane implements Lane {
  private final List<Block> blocks;
  private int next;

  public BlocksLane(List<Block> blocks) {
    this.blocks = blocks;
  }

  /** A large block in pieces of the usual size. */
  public static List<Block> split(Block block) {
    if (block.rows() <= Pipelines.BLOCK_ROWS) {
      return List.of(block);
    }
    List<Block> pieces = new ArrayList<>();
    for (int from = 0; from < block.rows(); from += Pipelines.BLOCK_ROWS) {
      pieces.add(block.slice(from, Math.min(Pipelines.BLOCK_ROWS, block.rows() - from)));
    }
    return pieces;
  }

  @Override
  public @Nullable Block next() {
    return next < blocks.size() ? blocks.get(next++) : null;
  }
}
