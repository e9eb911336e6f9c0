package io.longhouse.column.compress;

/**
 * The hash that a part's {@code checksums.txt} has of a file: CityHash128 over pieces of 2048
 * bytes, each seeded with the hash of those before it, beginning with zero.
 */
public final class PieceHash {
  private static final int PIECE_BYTES = 2048;

  private final long[] state = new long[2];
  private final byte[] piece = new byte[PIECE_BYTES];
  private int filled;
  private long size;

  public void update(byte[] bytes, int from, int length) {
    size += length;
    if (filled > 0) {
      int n = Math.min(PIECE_BYTES - filled, length);
      System.arraycopy(bytes, from, piece, filled, n);
      filled += n;
      from += n;
      length -= n;
      if (filled == PIECE_BYTES) {
        CityHash128.hashWithSeed(piece, 0, PIECE_BYTES, state);
        filled = 0;
      }
    }
    for (; length >= PIECE_BYTES; from += PIECE_BYTES, length -= PIECE_BYTES) {
      CityHash128.hashWithSeed(bytes, from, PIECE_BYTES, state);
    }
    if (length > 0) {
      System.arraycopy(bytes, from, piece, 0, length);
      filled = length;
    }
  }

  /** Bytes seen. */
  public long size() {
    return size;
  }

  /** Ends the last piece; nothing may be added any more. */
  public void finish() {
    if (filled > 0) {
      CityHash128.hashWithSeed(piece, 0, filled, state);
      filled = 0;
    }
  }

  public long low() {
    return state[0];
  }

  public long high() {
    return state[1];
  }
}
