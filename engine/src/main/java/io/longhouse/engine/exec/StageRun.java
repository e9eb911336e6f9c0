package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Scratch;
import io.longhouse.column.Turns;
import io.longhouse.column.type.TimeZones;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs stages one after the other on the scheduler. The first error stops the query; {@link #await}
 * and {@code onEnd} report it.
 */
public final class StageRun {
  /** Small blocks are taken so long before others have their turn. */
  private static final long STEP_NS = 1_000_000;

  private final QueryContext context;
  private final Scheduler.Group group;
  private final List<Stage> stages;
  private final Runnable onEnd;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Turns.Place place = new Within();
  private volatile @Nullable Throwable error;

  /**
   * @param onEnd called once, by a worker, when the last stage has ended or an error has ended the
   *     run
   */
  public StageRun(QueryContext context, Scheduler.Group group, List<Stage> stages, Runnable onEnd) {
    this.context = context;
    this.group = group;
    this.stages = List.copyOf(stages);
    this.onEnd = onEnd;
  }

  public void start() {
    startStage(0);
  }

  /** What the run failed with, or null. */
  public @Nullable Throwable error() {
    return error;
  }

  public boolean isEnded() {
    return ended.getCount() == 0;
  }

  /** Waits for the end of a run that was asked to stop. */
  public void awaitQuietly() {
    Scheduler.blocking(() -> {
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /** Waits for the end and throws what the run failed with. */
  public void await() {
    Scheduler.blocking(() -> {
      try {
        ended.await();
      } catch (InterruptedException e) {
        context.cancel();
        Thread.currentThread().interrupt();
      }
    });
    Throwable e = error;
    if (e instanceof RuntimeException r) {
      throw r;
    }
    if (e instanceof Error r) {
      throw r;
    }
  }

  private void startStage(int index) {
    if (index == stages.size()) {
      end(null);
      return;
    }
    group.wakeUp(() -> {
      try {
        context.checkStopped();
        open(index);
      } catch (Throwable e) {
        end(e);
      }
      return Scheduler.Outcome.DONE;
    });
  }

  private void open(int index) {
    Stage stage = stages.get(index);
    List<Lane> lanes = in(() -> stage.lanes().get());
    var left = new AtomicInteger(Math.max(1, lanes.size()));
    if (lanes.isEmpty()) {
      endStage(index, left);
      return;
    }
    for (Lane lane : lanes) {
      group.wakeUp(new LaneTask(index, lane, stage.sink().newLocal(), left));
    }
  }

  private void endStage(int index, AtomicInteger left) {
    if (left.decrementAndGet() == 0 && error == null) {
      in(() -> {
        stages.get(index).sink().finish();
        return true;
      });
      startStage(index + 1);
    }
  }

  private void end(@Nullable Throwable e) {
    synchronized (this) {
      if (ended.getCount() == 0) {
        return;
      }
      error = e;
      ended.countDown();
    }
    if (e != null) {
      context.stop(e);
    }
    onEnd.run();
  }

  private <T extends @Nullable Object> T in(java.util.function.Supplier<T> work) {
    return context
        .memory()
        .during(() -> TimeZones.in(context.timeZone(), () -> Turns.in(place, work)));
  }

  /** Within a step: it may end when its query has been stopped, and others may go first. */
  private final class Within implements Turns.Place {
    @Override
    public <T extends @Nullable Object> T take(java.util.function.Supplier<T> work) {
      return group.call(context::checkStopped, () -> in(work));
    }

    @Override
    public void between() {
      context.checkStopped();
      Scheduler.checkpoint();
    }
  }

  private final class LaneTask implements Scheduler.Task {
    private final int index;
    private final Lane lane;
    private final Sink.Local local;
    private final AtomicInteger left;
    private final boolean transitory;
    private final Waiting waiting = new Waiting();

    LaneTask(int index, Lane lane, Sink.Local local, AtomicInteger left) {
      this.index = index;
      this.lane = lane;
      this.local = local;
      this.left = left;
      this.transitory = lane.keepsNothing() && local.keepsNothing();
    }

    @Override
    public Scheduler.Outcome step() {
      try {
        if (error != null) {
          lane.close();
          return Scheduler.Outcome.DONE;
        }
        long startNs = System.nanoTime();
        do {
          context.checkStopped();
          if (!local.isReady(() -> group.wakeUp(this))) {
            return Scheduler.Outcome.PARKED;
          }
          boolean more = waiting.during(() -> in(this::advance));
          context.measure();
          if (!more) {
            lane.close();
            endStage(index, left);
            return Scheduler.Outcome.DONE;
          }
          if (waiting.parks(() -> group.wakeUp(this))) {
            return Scheduler.Outcome.PARKED;
          }
        } while (error == null && System.nanoTime() - startNs < STEP_NS);
        return Scheduler.Outcome.MORE;
      } catch (Throwable e) {
        end(e);
        lane.close();
      }
      return Scheduler.Outcome.DONE;
    }

    private boolean advance() {
      return transitory ? Scratch.in(this::advanceOne) : advanceOne();
    }

    private boolean advanceOne() {
      Block block = local.isSatisfied() ? null : lane.next();
      if (block == null) {
        local.finish();
        return false;
      }
      if (block.rows() > 0) {
        local.consume(block);
      }
      return true;
    }
  }
}
