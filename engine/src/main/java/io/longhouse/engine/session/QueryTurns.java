package io.longhouse.engine.session;

import io.longhouse.column.Turns;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work for a query that its lanes do not do: larger pieces take their turn among those of its
 * group, smaller ones are done at once and charged to it.
 */
final class QueryTurns implements Turns.Place {
  /** What is charged at most for work whose processor time nobody measures. */
  private static final long UNTIMED_NS_MAX = 2_000_000;

  private final Scheduler.Group group;
  private final QueryContext context;

  QueryTurns(Scheduler.Group group, QueryContext context) {
    this.group = group;
    this.context = context;
  }

  @Override
  public <T extends @Nullable Object> T take(Supplier<T> work) {
    return group.call(
        context::checkStopped, () -> TimeZones.in(context.timeZone(), () -> Turns.in(this, work)));
  }

  @Override
  public void spent(long ns) {
    group.charge(Math.min(ns, UNTIMED_NS_MAX));
  }

  @Override
  public void between() {
    context.checkStopped();
    Scheduler.checkpoint();
  }

  /** Does something within which larger pieces take their turns here. */
  void in(Runnable work) {
    Turns.in(
        this,
        () -> {
          work.run();
          return true;
        });
  }

  /** Does something with rows of the result on the current thread. */
  void send(int rows, RunningQuery.Sending work) throws IOException {
    if (rows < Turns.ROWS_MIN) {
      long start = System.nanoTime();
      work.send();
      spent(System.nanoTime() - start);
      return;
    }
    try {
      group.during(
          context::checkStopped,
          () -> {
            try {
              work.send();
              return true;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
