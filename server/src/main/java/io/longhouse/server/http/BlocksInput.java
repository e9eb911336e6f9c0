package io.longhouse.server.http;

import io.longhouse.column.BlockSource;
import java.io.InputStream;

/** Decoded blocks as a stream. */
final class BlocksInput extends InputStream {
  private final BlockSource blocks;
  private int position;
  private int end;

  BlocksInput(BlockSource blocks) {
    this.blocks = blocks;
  }

  private boolean fill() {
    while (position == end) {
      if (!blocks.next()) {
        return false;
      }
      position = blocks.from();
      end = position + blocks.length();
    }
    return true;
  }

  @Override
  public int read() {
    return fill() ? blocks.bytes()[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, end - position);
    System.arraycopy(blocks.bytes(), position, target, from, n);
    position += n;
    return n;
  }
}
