package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Lets so many bytes a second through and makes who wants more wait. For any number of threads. */
public final class BandwidthLimit {
  /** Lets everything through. */
  public static final BandwidthLimit NONE = new BandwidthLimit(0);

  private final long bytesPerSecond;
  private long freeAtNs = System.nanoTime();

  /**
   * @param bytesPerSecond 0 for no limit
   */
  public BandwidthLimit(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Waits until so many bytes may go on. */
  public void take(long bytes) {
    if (bytesPerSecond <= 0) {
      return;
    }
    long waitNs;
    synchronized (this) {
      long now = System.nanoTime();
      // What was not used for a second is lost, so that a pause is not followed by a rush.
      freeAtNs = Math.max(freeAtNs, now - 1_000_000_000L);
      waitNs = freeAtNs - now;
      freeAtNs += (long) (bytes * 1e9 / bytesPerSecond);
    }
    if (waitNs > 0) {
      try {
        Thread.sleep(waitNs / 1_000_000, (int) (waitNs % 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LonghouseException(ErrorCode.ABORTED, "Interrupted while waiting", e);
      }
    }
  }
}
