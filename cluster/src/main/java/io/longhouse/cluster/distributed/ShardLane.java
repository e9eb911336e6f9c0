package io.longhouse.cluster.distributed;

import io.longhouse.cluster.connection.RemoteQuery;
import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.exec.Waiting;
import io.longhouse.wire.ProfilePacket;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one shard answers. A virtual thread reads them into a bounded queue from the moment
 * the lane is made; the worker that finds it empty lets its task be parked.
 *
 * <p>Invariants: the queue and the flags are guarded by the lock; bytes of queued blocks are
 * charged to the query until they are taken or dropped; the reading thread ends when it has read
 * everything, when the lane is closed, or when the query is stopped, whichever is first.
 */
final class ShardLane implements Lane, Waiting.Source {
  private static final int BLOCKS_MAX = 16;
  private static final long BYTES_MAX = 64 << 20;

  private final RemoteQuery query;
  private final Header expected;
  private final LongAdder beforeLimit;
  private final QueryContext context;
  private final Thread reader;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Block> blocks = new ArrayDeque<>();
  private long bytes;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable error;
  private @Nullable Runnable wakeUp;

  /**
   * @param expected names and types that the lane's blocks have
   * @param beforeLimit takes the rows that there were before the shard's LIMIT
   */
  ShardLane(
      String name,
      RemoteQuery query,
      Header expected,
      LongAdder beforeLimit,
      QueryContext context) {
    this.query = query;
    this.expected = expected;
    this.beforeLimit = beforeLimit;
    this.context = context;
    this.reader = Thread.ofVirtual().name(name).start(this::read);
  }

  private void read() {
    Throwable problem = null;
    try (query) {
      context
          .memory()
          .during(() -> {
            Header sent = query.header();
            if (sent != null) {
              var columns = new AnsweredColumns(sent, expected, context);
              long rows = 0;
              for (Block b = query.next(); b != null && put(columns.of(b)); b = query.next()) {
                rows += b.rows();
              }
              ProfilePacket profile = query.profile();
              beforeLimit.add(
                  profile != null && profile.appliedLimit()
                      ? Math.max(rows, profile.rowsBeforeLimit())
                      : rows);
            }
            return true;
          });
    } catch (RuntimeException | Error e) {
      problem = e;
    }
    end(problem);
  }

  /** False when nobody wants more. */
  private boolean put(Block block) {
    Runnable wake;
    lock.lock();
    try {
      while (!closed && (blocks.size() >= BLOCKS_MAX || bytes > BYTES_MAX)) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        return false;
      }
      context.memory().charge(block.retainedBytes());
      bytes += block.retainedBytes();
      blocks.add(block);
      wake = takeWakeUp();
    } finally {
      lock.unlock();
    }
    wake.run();
    return true;
  }

  private void end(@Nullable Throwable problem) {
    Runnable wake;
    lock.lock();
    try {
      ended = true;
      error = closed ? null : problem;
      wake = takeWakeUp();
    } finally {
      lock.unlock();
    }
    wake.run();
  }

  private Runnable takeWakeUp() {
    changed.signalAll();
    Runnable wake = wakeUp;
    wakeUp = null;
    return wake == null ? () -> {} : wake;
  }

  @Override
  public boolean whenReady(Runnable wake) {
    lock.lock();
    try {
      if (!blocks.isEmpty() || ended) {
        return false;
      }
      wakeUp = wake;
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Block next() {
    while (true) {
      lock.lock();
      try {
        Block b = blocks.poll();
        if (b != null) {
          bytes -= b.retainedBytes();
          context.memory().charge(-b.retainedBytes());
          changed.signalAll();
          return b;
        }
        if (ended) {
          fail();
          return null;
        }
      } finally {
        lock.unlock();
      }
      if (Waiting.on(this)) {
        return AnsweredColumns.noRows(expected);
      }
      Scheduler.blocking(this::await);
    }
  }

  private void fail() {
    switch (error) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(error);
    }
  }

  private void await() {
    lock.lock();
    try {
      while (blocks.isEmpty() && !ended) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      context.memory().charge(-bytes);
      bytes = 0;
      blocks.clear();
      changed.signalAll();
      if (ended) {
        return;
      }
    } finally {
      lock.unlock();
    }
    query.cancel();
  }
}
