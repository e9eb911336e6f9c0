package io.longhouse.engine.exec;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * What a thread takes a place with: for whom, since when, and whether it has had its time. A thread
 * has one for all its turns; it is among the holds of {@link Places}, and has a {@link #leaf},
 * exactly while it has a place.
 *
 * <p>Guarded by the lock of {@link Places}, except what only the thread itself writes.
 */
final class Hold {
  static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  /** A step that waits loses its place later than one that works. */
  private static final int WAITING_QUANTA = 5;

  @Nullable Share leaf;
  long startNs;

  /** What was charged beforehand. */
  double expectedNs;

  /** Whether it no longer counts against the places. */
  boolean overdue;

  /** Of the time since {@code startNs}; written by the thread that holds the place. */
  long uncountedNs;

  private final boolean mayBlock;
  private final long threadId;

  /** The thread's processor time when it was given the place; written by the thread. */
  long cpuStartNs;

  /**
   * @param mayBlock whether the thread is not the scheduler's and may wait for anything
   */
  Hold(Thread thread, boolean mayBlock) {
    this.threadId = thread.isVirtual() ? 0 : thread.threadId();
    this.mayBlock = mayBlock;
  }

  /** Whose work is done. */
  Share leaf() {
    if (leaf == null) {
      throw new IllegalStateException("no place is held");
    }
    return leaf;
  }

  /**
   * Whether it has had its time while others wait, or waits itself for something.
   *
   * @param others whether those who wait are of another account
   */
  boolean isOver(long wallNs, long quantumNs, boolean others) {
    if (wallNs < quantumNs) {
      return false;
    }
    long cpuNs = mayBlock ? 0 : CPU.getThreadCpuTime(threadId) - cpuStartNs;
    return mayBlock
        || others && cpuNs > quantumNs / 2
        || wallNs > WAITING_QUANTA * quantumNs && (others || cpuNs < quantumNs);
  }
}
