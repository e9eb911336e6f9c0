package io.longhouse.engine.exec;

import io.longhouse.column.MemoryTracker;
import io.longhouse.engine.settings.Settings;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a step puts rows aside: {@code max_bytes_before_external_*} of its own, or {@code
 * max_bytes_ratio_before_external_*} of what the query may have. Shared by the step's lanes.
 */
final class SpillThreshold {
  /** A lane with less than this would make many small pieces and free nothing. */
  private static final long BYTES_WORTH_IT = 1 << 20;

  private final MemoryTracker memory;
  private final long bytesMax;
  private final double share;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param step {@code group_by} or {@code sort}
   */
  SpillThreshold(String step, QueryContext context) {
    Settings settings = context.settings();
    this.memory = context.memory();
    this.bytesMax = settings.number("max_bytes_before_external_" + step);
    this.share = settings.decimal("max_bytes_ratio_before_external_" + step);
  }

  /** Notes what a lane holds more, or less. */
  void add(long bytes) {
    held.addAndGet(bytes);
  }

  /** Whether a lane that holds {@code own} bytes is to put them aside now. */
  boolean isReached(long own) {
    if (bytesMax > 0) {
      return held.get() > bytesMax && own > 0 && 4 * own >= held.get();
    }
    long free = memory.available();
    return share > 0
        && own >= BYTES_WORTH_IT
        && free != Long.MAX_VALUE
        && memory.used() > share * (memory.used() + free);
  }
}
