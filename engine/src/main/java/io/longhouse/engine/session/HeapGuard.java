package io.longhouse.engine.session;

import io.longhouse.column.MemoryTracker;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.management.NotificationEmitter;

/**
 * When the heap is nearly full right after a collection, ends the largest query of the account that
 * uses most of it for its weight, and goes on so until there is room. Charges count what a query is
 * known to keep; this sees what is really there.
 */
final class HeapGuard {
  /** Of the pool that long-lived objects are in, after a collection. */
  private static final double FULL = 0.9;

  private static final long USED_MIN_BYTES = 32 << 20;

  /** How long a query that was told to end may take before another one is told so too. */
  private static final long PATIENCE_MS = 500;

  private final Processes processes;
  private final MemoryPoolMXBean pool;
  private final Semaphore full = new Semaphore(0);

  private HeapGuard(Processes processes, MemoryPoolMXBean pool) {
    this.processes = processes;
    this.pool = pool;
  }

  static void start(Processes processes) {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      long max = pool.getUsage().getMax();
      boolean longLived = pool.getName().contains("Old Gen") || pool.getName().contains("Tenured");
      if (pool.getType() == MemoryType.HEAP
          && longLived
          && max > 0
          && pool.isCollectionUsageThresholdSupported()) {
        var guard = new HeapGuard(processes, pool);
        guard.listen();
        pool.setCollectionUsageThreshold((long) (max * FULL));
        Thread.ofPlatform().name("heap-guard").daemon(true).start(guard::watch);
      }
    }
  }

  private void listen() {
    var beans = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    beans.addNotificationListener(
        (notification, _) -> {
          if (notification
              .getType()
              .equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED)) {
            full.release();
          }
        },
        null,
        null);
  }

  /** The notification comes once; whether it is still full is asked for. */
  private void watch() {
    try {
      while (true) {
        full.acquire();
        while (pool.isCollectionUsageThresholdExceeded()) {
          Optional<LocalQuery> largest = largest();
          if (largest.isEmpty()) {
            break;
          }
          end(largest.get());
          processes.awaitEnd(largest.get(), PATIENCE_MS);
          awaitCollection();
        }
        full.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What has ended is there until it is collected; one more is not to end for that. */
  private void awaitCollection() throws InterruptedException {
    long before = pool.getCollectionUsage().getUsed();
    for (int i = 0; i < 20 && pool.getCollectionUsage().getUsed() == before; i++) {
      Thread.sleep(PATIENCE_MS / 20);
    }
  }

  /** Small ones would change nothing. */
  private Optional<LocalQuery> largest() {
    return processes.all().stream()
        .filter(q -> q.context().stopReason() == null)
        .filter(q -> q.context().memory().used() > USED_MIN_BYTES)
        .max(
            Comparator.comparingLong((LocalQuery q) -> q.claim().precedence())
                .thenComparingDouble(q -> q.claim().memoryLoad())
                .thenComparingLong(q -> q.context().memory().used()));
  }

  private static void end(LocalQuery q) {
    q.context()
        .stop(
            new LonghouseException(
                ErrorCode.MEMORY_LIMIT_EXCEEDED,
                "(total) memory limit exceeded: the heap is nearly full, and of the accounts that"
                    + " use it "
                    + q.account().name()
                    + " uses most for its weight, of its queries this one, "
                    + MemoryTracker.readable(q.context().memory().used())
                    + ". Try again when other queries have ended",
                1));
  }
}
