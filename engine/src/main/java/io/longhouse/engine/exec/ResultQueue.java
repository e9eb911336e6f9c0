package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between a query's workers and the thread that sends its result. Workers never
 * wait: a task that finds it full is parked until a block has been taken.
 */
public final class ResultQueue implements Sink {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Block> blocks = new ArrayDeque<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean ended;
  private boolean abandoned;

  public ResultQueue(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public Local newLocal() {
    return new Local() {
      @Override
      public void consume(Block block) {
        lock.lock();
        try {
          if (!abandoned) {
            blocks.add(block);
          }
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }

      @Override
      public boolean isReady(Runnable wakeUp) {
        lock.lock();
        try {
          if (blocks.size() < capacity || abandoned) {
            return true;
          }
          waiting.add(wakeUp);
          return false;
        } finally {
          lock.unlock();
        }
      }
    };
  }

  /** No more blocks will come, because the run ended, well or not. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The reader has gone: what is here is dropped and workers are let on. */
  public void abandon() {
    List<Runnable> wake;
    lock.lock();
    try {
      abandoned = true;
      blocks.clear();
      wake = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    wake.forEach(Runnable::run);
  }

  /** Whether all blocks have been taken and none will come. */
  public boolean isDrained() {
    lock.lock();
    try {
      return ended && blocks.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The next block, or null when none came in time or none will come. */
  public @Nullable Block poll(long timeoutMs) throws InterruptedException {
    List<Runnable> wake = List.of();
    Block block;
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (blocks.isEmpty() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      block = blocks.poll();
      if (block != null && !waiting.isEmpty()) {
        wake = List.copyOf(waiting);
        waiting.clear();
      }
    } finally {
      lock.unlock();
    }
    wake.forEach(Runnable::run);
    return block;
  }
}
