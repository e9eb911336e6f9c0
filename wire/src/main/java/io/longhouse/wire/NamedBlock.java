package io.longhouse.wire;

import io.longhouse.column.Block;
import io.longhouse.column.Header;

/** A block as it travels: with names and types of its columns. */
public record NamedBlock(Header header, Block block) {
  /** No columns and no rows: the end of something. */
  public boolean isEnd() {
    return header.size() == 0 && block.rows() == 0;
  }
}
