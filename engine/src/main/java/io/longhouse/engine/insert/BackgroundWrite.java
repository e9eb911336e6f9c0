package io.longhouse.engine.insert;

import io.longhouse.column.Turns;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.Scheduler;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Work for a large INSERT on a thread of its own, from the constructor until it is awaited. */
final class BackgroundWrite {
  private final FutureTask<Boolean> task;

  BackgroundWrite(Runnable work, QueryContext context) {
    Turns.Place place = Turns.here();
    task =
        new FutureTask<>(() ->
            Turns.in(
                place,
                () ->
                    TimeZones.in(
                        context.timeZone(),
                        () -> {
                          work.run();
                          return true;
                        })));
    Thread.ofPlatform().name("insert").daemon(true).start(task);
  }

  /** Waits for the end and throws what the work failed with. */
  void await() {
    Scheduler.blocking(this::awaitDone);
    if (task.state() == Future.State.FAILED) {
      switch (task.exceptionNow()) {
        case RuntimeException r -> throw r;
        case Error r -> throw r;
        case Throwable t -> throw new IllegalStateException(t);
      }
    }
  }

  private void awaitDone() {
    boolean interrupted = false;
    try {
      while (!task.isDone()) {
        try {
          task.get();
        } catch (InterruptedException e) {
          // What is half written has to be ended before anything else is done.
          interrupted = true;
        } catch (ExecutionException e) {
          break;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for the end, whatever it is. */
  void awaitQuietly() {
    try {
      await();
    } catch (RuntimeException | Error e) {
      // The INSERT is given up for another reason, which its client is told.
      System.getLogger(BackgroundWrite.class.getName())
          .log(System.Logger.Level.DEBUG, "an INSERT that is given up failed as well", e);
    }
  }
}
