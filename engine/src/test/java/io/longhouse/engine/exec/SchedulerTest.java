package io.longhouse.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.exec.Scheduler.Outcome;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchedulerTest {
  private final List<Scheduler> opened = new ArrayList<>();
  private final AtomicBoolean stop = new AtomicBoolean();

  private Scheduler scheduler(int threads) {
    var s = new Scheduler(threads, "test");
    opened.add(s);
    return s;
  }

  /** One whose steps keep their place however long the machine has something else to do. */
  private Scheduler patient(int threads) {
    var s = new Scheduler(threads, "test", TimeUnit.HOURS.toNanos(1));
    opened.add(s);
    return s;
  }

  @AfterEach
  void end() {
    stop.set(true);
    opened.forEach(Scheduler::close);
  }

  /** A step that takes its time whatever else the machine does. */
  private static void spend(long ns) {
    long end = System.nanoTime() + ns;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** A task without an end that takes one millisecond a step. */
  private void busy(Scheduler.Group g, int tasks) {
    for (int i = 0; i < tasks; i++) {
      g.wakeUp(() -> {
        spend(1_000_000);
        return stop.get() ? Outcome.DONE : Outcome.MORE;
      });
    }
  }

  /**
   * Tasks whose steps take one millisecond of processor time, which is what they are charged for.
   *
   * @param counting from when on steps are counted
   * @param left how many steps are counted altogether
   */
  private void counted(
      Scheduler.Group g,
      int tasks,
      AtomicBoolean counting,
      AtomicInteger steps,
      CountDownLatch left) {
    ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < tasks; i++) {
      g.wakeUp(() -> {
        long end = cpu.getCurrentThreadCpuTime() + 1_000_000;
        while (cpu.getCurrentThreadCpuTime() < end) {
          Thread.onSpinWait();
        }
        if (counting.get() && left.getCount() > 0) {
          steps.incrementAndGet();
          left.countDown();
        }
        return stop.get() ? Outcome.DONE : Outcome.MORE;
      });
    }
  }

  private static ShareLimits weight(double w) {
    return new ShareLimits(w, 0, Integer.MAX_VALUE, 0, 0);
  }

  private static void sleepMs(long ms) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
  }

  private static double ratio(Scheduler s, Share a, Share b) {
    return (double) s.snapshot(a).usedNs() / s.snapshot(b).usedNs();
  }

  /** Counts the steps of two accounts that each take a millisecond of processor time. */
  @Test
  void accountsShareByWeightWhateverTheirNumberOfTasks() throws InterruptedException {
    Scheduler s = patient(2);
    var counting = new AtomicBoolean();
    var left = new CountDownLatch(600);
    var stepsOfA = new AtomicInteger();
    var stepsOfB = new AtomicInteger();
    Share a = s.newShare(s.root(), "a", weight(1));
    Share b = s.newShare(s.root(), "b", weight(3));
    counted(s.newGroup(a), 40, counting, stepsOfA, left);
    counted(s.newGroup(a), 40, counting, stepsOfA, left);
    counted(s.newGroup(b), 2, counting, stepsOfB, left);
    counting.set(true);
    left.await();
    assertThat(stepsOfB.doubleValue() / stepsOfA.get()).isBetween(2.4, 3.6);
  }

  @Test
  void weightsHoldAtEachForkOfTheTree() throws InterruptedException {
    Scheduler s = patient(1);
    var counting = new AtomicBoolean();
    var left = new CountDownLatch(600);
    var stepsOfFirst = new AtomicInteger();
    var stepsOfSecond = new AtomicInteger();
    var stepsOfDevelopment = new AtomicInteger();
    Share all = s.newShare(s.root(), "all", weight(1));
    Share production = s.newShare(all, "production", weight(3));
    Share development = s.newShare(all, "development", weight(1));
    Share first = s.newShare(production, "first", weight(1));
    Share second = s.newShare(production, "second", weight(1));
    counted(s.newGroup(first), 1, counting, stepsOfFirst, left);
    counted(s.newGroup(second), 9, counting, stepsOfSecond, left);
    counted(s.newGroup(development), 30, counting, stepsOfDevelopment, left);
    counting.set(true);
    left.await();
    double ofProduction = stepsOfFirst.get() + stepsOfSecond.get();
    assertThat(ofProduction / stepsOfDevelopment.get()).isBetween(2.4, 3.6);
    assertThat(stepsOfFirst.doubleValue() / stepsOfSecond.get()).isBetween(0.8, 1.25);
  }

  @Test
  void aBetterPriorityGoesFirst() throws InterruptedException {
    Scheduler s = patient(1);
    Share urgent = s.newShare(s.root(), "urgent", new ShareLimits(1, -1, 99, 0, 0));
    Share usual = s.newShare(s.root(), "usual", ShareLimits.NONE);
    busy(s.newGroup(usual), 4);
    var before = new AtomicLong(-1);
    var meanwhile = new AtomicLong(-1);
    var steps = new CountDownLatch(100);
    s.newGroup(urgent)
        .wakeUp(() -> {
          before.compareAndSet(-1, s.snapshot(usual).steps());
          spend(1_000_000);
          meanwhile.set(s.snapshot(usual).steps() - before.get());
          steps.countDown();
          return steps.getCount() == 0 ? Outcome.DONE : Outcome.MORE;
        });
    steps.await();
    assertThat(meanwhile).hasValue(0);
  }

  @Test
  void noMoreThreadsWorkForAShareThanItMayHave() {
    Scheduler s = scheduler(4);
    Share narrow = s.newShare(s.root(), "narrow", new ShareLimits(1, 0, 2, 0, 0));
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      s.newGroup(narrow)
          .wakeUp(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            sleepMs(1);
            now.decrementAndGet();
            return stop.get() ? Outcome.DONE : Outcome.MORE;
          });
    }
    sleepMs(300);
    assertThat(most).hasValue(2);
    s.configure(narrow, new ShareLimits(1, 0, 1, 0, 0));
    sleepMs(50);
    most.set(0);
    sleepMs(100);
    assertThat(most).hasValue(1);
  }

  @Test
  void processorsAreLimitedInTheLongRun() {
    Scheduler s = scheduler(2);
    Share slow = s.newShare(s.root(), "slow", new ShareLimits(1, 0, 99, 0.25, 0.05));
    busy(s.newGroup(slow), 4);
    sleepMs(2000);
    assertThat(s.snapshot(slow).usedNs()).isBetween(50_000_000L, 620_000_000L);
    assertThat(s.snapshot(slow).throttledNs()).isPositive();
  }

  @Test
  void aLongStepDoesNotKeepAnotherAccountWaiting() throws InterruptedException {
    Scheduler s = scheduler(1);
    Share a = s.newShare(s.root(), "a", ShareLimits.NONE);
    Share b = s.newShare(s.root(), "b", ShareLimits.NONE);
    var begun = new CountDownLatch(1);
    s.newGroup(a)
        .wakeUp(() -> {
          begun.countDown();
          while (!stop.get()) {
            sleepMs(1);
          }
          return Outcome.DONE;
        });
    begun.await();
    var done = new CountDownLatch(1);
    s.newGroup(b)
        .wakeUp(() -> {
          done.countDown();
          return Outcome.DONE;
        });
    assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoComesAfterAPauseNeitherWaitsNorHasSavedAnything() throws InterruptedException {
    Scheduler s = scheduler(1);
    Share a = s.newShare(s.root(), "a", ShareLimits.NONE);
    Share b = s.newShare(s.root(), "b", ShareLimits.NONE);
    busy(s.newGroup(a), 8);
    sleepMs(300);
    var before = new AtomicLong();
    var steps = new CountDownLatch(100);
    long start = s.snapshot(a).steps();
    s.newGroup(b)
        .wakeUp(() -> {
          before.compareAndSet(0, s.snapshot(a).steps() - start + 1);
          spend(1_000_000);
          steps.countDown();
          return steps.getCount() == 0 ? Outcome.DONE : Outcome.MORE;
        });
    steps.await();
    long meanwhile = s.snapshot(a).steps() - start;
    // Half of the time is its own: neither all of it nor a part for each of the other's tasks.
    assertThat(meanwhile).isBetween(40L, 250L);
    assertThat(before.get()).isLessThan(40);
  }

  @Test
  void threadsOfTheirOwnHaveTheirTurnLikeTasks() throws InterruptedException {
    Scheduler s = scheduler(1);
    Share a = s.newShare(s.root(), "a", ShareLimits.NONE);
    Share b = s.newShare(s.root(), "b", ShareLimits.NONE);
    busy(s.newGroup(a), 4);
    Scheduler.Group own = s.newGroup(b);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      threads.add(
          Thread.startVirtualThread(() ->
              own.during(
                  () -> {},
                  () -> {
                    while (!stop.get()) {
                      spend(1_000_000);
                      Scheduler.checkpoint();
                    }
                    return true;
                  })));
    }
    sleepMs(2000);
    assertThat(ratio(s, b, a)).isBetween(0.6, 1.6);
    stop.set(true);
    for (Thread t : threads) {
      t.join();
    }
    assertThat(s.snapshot(b).running()).isZero();
  }

  @Test
  void aThreadThatWaitsForItsOwnTasksKeepsNoPlace() throws InterruptedException {
    Scheduler s = scheduler(1);
    Scheduler.Group g = s.newGroup();
    var done = new CountDownLatch(1);
    g.during(
        () -> {},
        () -> {
          Scheduler.blocking(() -> {
            g.wakeUp(() -> {
              done.countDown();
              return Outcome.DONE;
            });
            try {
              done.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
          return true;
        });
    assertThat(done.getCount()).isZero();
  }

  @Test
  void aLongStepGivesWayWhereItSaysThatItMay() throws InterruptedException {
    Scheduler s = scheduler(1);
    Share a = s.newShare(s.root(), "a", weight(1));
    Share b = s.newShare(s.root(), "b", weight(1));
    var ended = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      s.newGroup(a)
          .wakeUp(() -> {
            while (!stop.get()) {
              spend(500_000);
              Scheduler.checkpoint();
            }
            ended.countDown();
            return Outcome.DONE;
          });
    }
    busy(s.newGroup(b), 2);
    sleepMs(1500);
    assertThat(ratio(s, a, b)).isBetween(0.6, 1.6);
    stop.set(true);
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void errandsAreRunByTheSchedulerAndReportWhatTheyFailWith() {
    Scheduler s = scheduler(1);
    Scheduler.Group g = s.newGroup();
    assertThat(g.call(() -> {}, () -> Thread.currentThread().getName())).startsWith("test-");
    assertThatThrownBy(() ->
            g.call(
                () -> {},
                () -> {
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");
    var gate = new CountDownLatch(1);
    s.newGroup(s.newShare(s.root(), "", new ShareLimits(1, -1, 1, 0, 0)))
        .wakeUp(() -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Outcome.DONE;
        });
    var done = new AtomicBoolean();
    Scheduler.Group same = s.newGroup(s.newShare(s.root(), "", new ShareLimits(1, 0, 1, 0.01, 0)));
    same.call(
        () -> {},
        () -> {
          spend(2_000_000);
          return 1;
        });
    // Its share may not use any more for a while.
    assertThatThrownBy(() ->
            same.call(
                () -> {
                  throw new IllegalStateException("killed");
                },
                () -> done.getAndSet(true)))
        .hasMessage("killed");
    gate.countDown();
    sleepMs(400);
    assertThat(done).isFalse();
  }

  @Test
  void manySharesComeAndGoAndNothingIsLost() throws InterruptedException {
    Scheduler s = scheduler(3);
    int accounts = 2000;
    var left = new CountDownLatch(accounts * 6);
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      int from = t;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = from; i < accounts; i += 4) {
                  Share account =
                      s.newShare(s.root(), "", new ShareLimits(1 + i % 3, i % 2, 1 + i % 4, 0, 0));
                  Scheduler.Group g = s.newGroup(account);
                  for (int k = 0; k < 5; k++) {
                    var steps = new AtomicInteger(3);
                    g.wakeUp(() -> {
                      if (steps.decrementAndGet() > 0) {
                        return Outcome.MORE;
                      }
                      left.countDown();
                      return Outcome.DONE;
                    });
                  }
                  g.during(
                      () -> {},
                      () -> {
                        left.countDown();
                        return true;
                      });
                  if (i % 5 == 0) {
                    s.configure(account, weight(2));
                  }
                }
              }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    sleepMs(20);
    assertThat(s.snapshot(s.root()).running()).isZero();
    assertThat(s.snapshot(s.root()).active()).isFalse();
    assertThat(s.snapshot(s.root()).steps()).isEqualTo(accounts * (5 * 3 + 1));
  }
}
