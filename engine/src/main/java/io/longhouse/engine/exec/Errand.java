package io.longhouse.engine.exec;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that a thread waits for, done by a worker unless it is given up before: either the worker
 * takes it or the thread that waits does, never both, and what a worker has begun is waited for.
 *
 * <p>It has no part in the state under the scheduler's lock: {@link #taken} decides who has it, and
 * {@link #done} hands its result over.
 */
final class Errand<T extends @Nullable Object> implements Scheduler.Task {
  private final Supplier<T> work;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable T result;
  private @Nullable Throwable failure;

  Errand(Supplier<T> work) {
    this.work = work;
  }

  @Override
  public Scheduler.Outcome step() {
    if (taken.compareAndSet(false, true)) {
      try {
        result = work.get();
      } catch (Throwable e) {
        failure = e;
      }
      done.countDown();
    }
    return Scheduler.Outcome.DONE;
  }

  /**
   * Waits for what the work comes to, and throws what it failed with.
   *
   * @param check called while it waits; what it throws ends the waiting unless the work has begun
   */
  @SuppressWarnings("NullAway") // null only where T has null
  T await(Runnable check) {
    boolean interrupted = false;
    while (true) {
      try {
        if (done.await(50, TimeUnit.MILLISECONDS)) {
          break;
        }
        giveUpIf(check);
      } catch (InterruptedException e) {
        // What was begun has to be ended before anything else is done.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure) {
      case null -> {
        return result;
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** What has been begun is waited for whatever the check says. */
  private void giveUpIf(Runnable check) {
    try {
      check.run();
    } catch (RuntimeException e) {
      if (taken.compareAndSet(false, true)) {
        throw e;
      }
    }
  }
}
