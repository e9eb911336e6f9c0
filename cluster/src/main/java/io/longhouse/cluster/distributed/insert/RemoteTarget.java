package io.longhouse.cluster.distributed.insert;

import io.longhouse.column.Block;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Another server's table, written to over a connection by a thread of its own, so that all shards
 * work at once.
 */
final class RemoteTarget implements ShardTarget {
  private static final int BLOCKS_AHEAD = 2;
  private static final long STEP_MS = 100;

  /** What the thread is handed; a null block is the end. */
  private record Step(@Nullable Block block) {}

  private final Supplier<RemoteInsert> opening;
  private final String where;
  private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(BLOCKS_AHEAD);
  private final long deadlineNs;
  private final Runnable checkStopped;
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean abandoned;

  /**
   * @param opening connects; called on the thread
   * @param where for messages
   * @param timeoutSeconds how long the whole may take; 0 for any time
   * @param checkStopped throws when the query was stopped
   */
  RemoteTarget(
      Supplier<RemoteInsert> opening, String where, long timeoutSeconds, Runnable checkStopped) {
    this.opening = opening;
    this.where = where;
    this.checkStopped = checkStopped;
    this.deadlineNs =
        timeoutSeconds == 0
            ? Long.MAX_VALUE
            : System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    this.thread = Thread.ofVirtual().name("insert " + where).start(this::work);
  }

  private void work() {
    try (RemoteInsert insert = opening.get()) {
      while (!abandoned) {
        Step s = steps.take();
        if (s.block == null) {
          insert.finish();
          return;
        }
        insert.write(s.block);
      }
    } catch (InterruptedException e) {
      failure =
          new LonghouseException(ErrorCode.ABORTED, "Writing to " + where + " was given up", e);
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public void write(Block block) {
    hand(new Step(block));
  }

  @Override
  public void end() {
    hand(new Step(null));
  }

  @Override
  public void finish() {
    Scheduler.blocking(this::awaitEnd);
    rethrow();
  }

  private void hand(Step step) {
    Scheduler.blocking(() -> {
      try {
        while (failure == null && !steps.offer(step, STEP_MS, TimeUnit.MILLISECONDS)) {
          checkTime();
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    });
    rethrow();
  }

  private void awaitEnd() {
    try {
      while (!thread.join(java.time.Duration.ofMillis(STEP_MS))) {
        checkTime();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static LonghouseException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
  }

  private void checkTime() {
    checkStopped.run();
    if (System.nanoTime() - deadlineNs > 0 && deadlineNs != Long.MAX_VALUE) {
      throw new LonghouseException(
          ErrorCode.TIMEOUT_EXCEEDED,
          "Synchronous distributed insert timeout exceeded, waiting for " + where);
    }
  }

  private void rethrow() {
    RuntimeException e = failure;
    if (e != null) {
      throw e;
    }
  }

  @Override
  public void abort() {
    abandoned = true;
    thread.interrupt();
  }
}
