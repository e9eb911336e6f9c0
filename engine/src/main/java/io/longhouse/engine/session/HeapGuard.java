package io.longhouse.engine.session;

import io.longhouse.column.MemoryTracker;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import javax.management.NotificationEmitter;

/**
 * When the heap is nearly full right after a collection, ends the largest query of the account that
 * uses most of it for its weight. Charges count what a query is known to keep; this sees what is
 * really there.
 */
final class HeapGuard {
  /** Of the pool that long-lived objects are in, after a collection. */
  private static final double FULL = 0.9;

  private static final long USED_MIN_BYTES = 32 << 20;

  private HeapGuard() {}

  static void start(Processes processes) {
    var beans = ManagementFactory.getMemoryMXBean();
    ((NotificationEmitter) beans)
        .addNotificationListener(
            (notification, _) -> {
              if (notification
                  .getType()
                  .equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED)) {
                endLargest(processes, notification.getTimeStamp());
              }
            },
            null,
            null);
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      long max = pool.getUsage().getMax();
      boolean longLived = pool.getName().contains("Old Gen") || pool.getName().contains("Tenured");
      if (pool.getType() == MemoryType.HEAP
          && longLived
          && max > 0
          && pool.isCollectionUsageThresholdSupported()) {
        pool.setCollectionUsageThreshold((long) (max * FULL));
      }
    }
  }

  /** Queries that came after the collection had no part in it; small ones would change nothing. */
  private static void endLargest(Processes processes, long collectedMs) {
    processes.all().stream()
        .filter(q -> q.context().queryStart().toEpochMilli() < collectedMs)
        .filter(q -> q.context().memory().used() > USED_MIN_BYTES)
        .max(
            Comparator.comparingLong((LocalQuery q) -> q.claim().precedence())
                .thenComparingDouble(q -> q.claim().memoryLoad())
                .thenComparingLong(q -> q.context().memory().used()))
        .ifPresent(q ->
            q.context()
                .stop(
                    new LonghouseException(
                        ErrorCode.MEMORY_LIMIT_EXCEEDED,
                        "(total) memory limit exceeded: the heap is nearly full, and of the"
                            + " accounts that use it "
                            + q.account().name()
                            + " uses most for its weight, of its queries this one, "
                            + MemoryTracker.readable(q.context().memory().used())
                            + ". Try again when other queries have ended",
                        1)));
  }
}
