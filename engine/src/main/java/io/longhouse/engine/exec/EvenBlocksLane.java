package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same rows in blocks whose sizes follow from nothing but the number of rows: the first few are
 * small, so that somebody who wants few rows waits for few, and each is twice the one before.
 */
final class EvenBlocksLane implements Lane {
  static final int FIRST_ROWS = 1024;

  private final Lane input;
  private final Block none;
  private final Header header;
  private List<Block> pieces = new ArrayList<>();
  private int size;
  private int filled;
  private @Nullable Block taken;
  private int at;
  private boolean over;

  /**
   * @param first rows of the first block
   */
  EvenBlocksLane(Lane input, Header header, long first) {
    this.input = input;
    this.none = header.emptyBlock();
    this.size = (int) Math.clamp(first, 1, Pipelines.BLOCK_ROWS);
    this.header = header;
  }

  @Override
  public @Nullable Block next() {
    Block from = taken;
    if (from == null && !over) {
      Block next = input.next();
      over = next == null;
      from = next == null ? null : expanded(next);
      at = 0;
    }
    if (from == null) {
      return filled == 0 ? null : built();
    }
    int count = Math.min(size - filled, from.rows() - at);
    taken = at + count < from.rows() ? from : null;
    if (count > 0) {
      pieces.add(from.slice(at, count));
    }
    at += count;
    filled += count;
    return filled == size ? built() : none;
  }

  /** A part of a constant or sparse column is as much work as all of it. */
  private static Block expanded(Block block) {
    Column[] columns = block.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].full();
    }
    return new Block(columns, block.rows());
  }

  private Block built() {
    Block block = Blocks.concat(pieces, header);
    pieces = new ArrayList<>();
    filled = 0;
    grow();
    return block;
  }

  private void grow() {
    size = Math.min(2 * size, Pipelines.BLOCK_ROWS);
  }

  @Override
  public void close() {
    input.close();
  }
}
