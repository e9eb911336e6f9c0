package io.longhouse.function.window;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a window step, sorted by partition and order, and where partitions, groups of peers
 * and frames begin and end. For one thread.
 */
public final class WindowRows {
  private final int rows;
  private final int[] partitions;
  private final int[] peers;
  private final Supplier<Frames> frameSource;
  private @Nullable Frames frames;

  /** The frame of row r is {@code [begin[r], end[r])}; empty frames have equal ends. */
  public record Frames(int[] begin, int[] end) {}

  /**
   * @param partitions see {@link #partitions()}
   * @param peers see {@link #peers()}
   * @param frameSource asked at most once
   */
  public WindowRows(int rows, int[] partitions, int[] peers, Supplier<Frames> frameSource) {
    this.rows = rows;
    this.partitions = partitions;
    this.peers = peers;
    this.frameSource = frameSource;
  }

  public int rows() {
    return rows;
  }

  /** Where each partition begins, and behind the last entry the number of rows. */
  public int[] partitions() {
    return partitions;
  }

  /** Where each group of rows equal in partition and order begins, then the number of rows. */
  public int[] peers() {
    return peers;
  }

  public Frames frames() {
    Frames f = frames;
    if (f == null) {
      f = frameSource.get();
      frames = f;
    }
    return f;
  }
}
