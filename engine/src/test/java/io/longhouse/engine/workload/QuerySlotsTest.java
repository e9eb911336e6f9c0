package io.longhouse.engine.workload;

import static io.longhouse.engine.Statements.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QuerySlotsTest {
  private static QueryRequest request(String id, String sql, Map<String, String> settings) {
    return new QueryRequest(
        ByteText.encode(sql), id, settings, Map.of(), null, "TabSeparated", List.of());
  }

  private static void sleepMs(long ms) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
  }

  /** Waits until so many queries wait for a slot. */
  private static void awaitWaiting(Engine engine, long n) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (engine.metrics().gauges().getOrDefault("ConcurrentQueryScheduled", 0L) != n) {
      assertThat(System.nanoTime()).isLessThan(end);
      sleepMs(5);
    }
  }

  private static Engine engine(Map<String, String> configuration) {
    return Engine.open(new EngineConfig(null, 2, 0, null, Map.of(), Map.of(), configuration));
  }

  private static int code(Throwable e) {
    return e instanceof LonghouseException l ? l.code() : -1;
  }

  @Test
  void aHundredClientsNeverExceedALimitAndNobodyIsForgotten() throws InterruptedException {
    long seed = 20261120;
    try (Engine engine = engine(Map.of());
        var admin = engine.login("default", "", ClientInfo.local())) {
      for (String sql :
          List.of(
              "CREATE WORKLOAD all SETTINGS max_concurrent_queries = 5",
              "CREATE WORKLOAD a IN all SETTINGS max_concurrent_queries = 3",
              "CREATE WORKLOAD b IN all SETTINGS max_waiting_queries = 10")) {
        admin.start(QueryRequest.of(sql)).close();
      }
      var inAll = new AtomicInteger();
      var inA = new AtomicInteger();
      var worst = new AtomicInteger();
      var worstA = new AtomicInteger();
      var done = new AtomicInteger();
      var refused = new AtomicInteger();
      var ended = new AtomicInteger();
      var strange = new java.util.concurrent.ConcurrentLinkedQueue<Throwable>();
      int clients = 100;
      int rounds = 8;
      var all = new CountDownLatch(clients);
      for (int c = 0; c < clients; c++) {
        int client = c;
        Thread.startVirtualThread(() -> {
          var random = new Random(seed + client);
          String workload = client % 2 == 0 ? "a" : "b";
          try (var session = engine.login("default", "", ClientInfo.local())) {
            for (int r = 0; r < rounds; r++) {
              String id = "q" + client + "." + r;
              boolean impatient = random.nextInt(4) == 0;
              long until = System.nanoTime() + random.nextInt(30) * 1_000_000L;
              Map<String, String> settings =
                  random.nextInt(5) == 0
                      ? Map.of("workload", workload, "queue_max_wait_ms", "20")
                      : Map.of("workload", workload);
              Runnable leaves =
                  () -> {
                    if (impatient && System.nanoTime() > until) {
                      throw new IllegalStateException("gone");
                    }
                  };
              try (RunningQuery q =
                  session.start(
                      request(id, "SELECT count() FROM numbers(1000)", settings), leaves)) {
                worst.accumulateAndGet(inAll.incrementAndGet(), Math::max);
                if (workload.equals("a")) {
                  worstA.accumulateAndGet(inA.incrementAndGet(), Math::max);
                }
                drain(q);
                sleepMs(random.nextInt(3));
                if (workload.equals("a")) {
                  inA.decrementAndGet();
                }
                inAll.decrementAndGet();
                done.incrementAndGet();
              } catch (LonghouseException e) {
                if (e.code() == 202) {
                  refused.incrementAndGet();
                } else if (e.code() == 394) {
                  ended.incrementAndGet();
                } else {
                  strange.add(e);
                }
              } catch (IllegalStateException e) {
                ended.incrementAndGet();
              }
            }
          } catch (Throwable e) {
            strange.add(e);
          } finally {
            all.countDown();
          }
        });
      }
      var random = new Random(seed);
      while (!all.await(3, TimeUnit.MILLISECONDS)) {
        String id = "q" + random.nextInt(clients) + "." + random.nextInt(rounds);
        // Those that run are left alone, so that what they count stays right.
        admin
            .start(QueryRequest.of("KILL QUERY WHERE query_id = '" + id + "' AND elapsed > 30"))
            .close();
        assertThat(all.getCount()).isLessThanOrEqualTo(clients);
      }
      assertThat(strange).isEmpty();
      assertThat(worst.get()).isLessThanOrEqualTo(5);
      assertThat(worstA.get()).isBetween(2, 3);
      assertThat(done.get() + refused.get() + ended.get()).isEqualTo(clients * rounds);
      assertThat(done.get()).isGreaterThan(clients);
      assertThat(refused.get()).isPositive();
      assertThat(engine.metrics().gauges())
          .containsEntry("ConcurrentQueryAcquired", 0L)
          .containsEntry("ConcurrentQueryScheduled", 0L)
          .containsEntry("Query", 0L);
    }
  }

  @Test
  void whoWaitsCanBeKilledGoesAtItsDeadlineOrWithItsClient() throws InterruptedException {
    try (Engine engine = engine(Map.of());
        var first = engine.login("default", "", ClientInfo.local());
        var admin = engine.login("default", "", ClientInfo.local())) {
      admin
          .start(QueryRequest.of("CREATE WORKLOAD all SETTINGS max_concurrent_queries = 1"))
          .close();
      Map<String, String> in = Map.of("workload", "all");
      RunningQuery holds = first.start(request("holds", "SELECT number FROM system.numbers", in));
      var killed = new ArrayList<Throwable>();
      Thread waits =
          Thread.startVirtualThread(() -> {
            try (var session = engine.login("default", "", ClientInfo.local())) {
              session.start(request("waits", "SELECT 1", in)).close();
            } catch (Throwable e) {
              killed.add(e);
            }
          });
      awaitWaiting(engine, 1);
      RunningQuery kill = admin.start(QueryRequest.of("KILL QUERY WHERE query_id = 'waits' SYNC"));
      drain(kill);
      kill.close();
      waits.join(10_000);
      assertThat(killed).singleElement().extracting(QuerySlotsTest::code).isEqualTo(394);

      long start = System.nanoTime();
      assertThatThrownBy(() ->
              admin.start(
                  request("", "SELECT 1", Map.of("workload", "all", "max_execution_time", "0.3"))))
          .extracting(QuerySlotsTest::code)
          .isEqualTo(159);
      assertThat(System.nanoTime() - start).isBetween(250_000_000L, 5_000_000_000L);
      assertThatThrownBy(() ->
              admin.start(
                  request("", "SELECT 1", in),
                  () -> {
                    throw new IllegalStateException("gone");
                  }))
          .hasMessage("gone");
      assertThatThrownBy(() ->
              admin.start(
                  request("", "SELECT 1", Map.of("workload", "all", "queue_max_wait_ms", "100"))))
          .hasMessageMatching(
              "Too many simultaneous queries of workload 'all'. Current: 1, maximum: 1. Try again"
                  + " in \\d+ s")
          .satisfies(e -> assertThat(((LonghouseException) e).retryAfterSec()).isPositive());
      awaitWaiting(engine, 0);
      holds.close();
      RunningQuery free = admin.start(request("free", "SELECT 1", in));
      drain(free);
      free.close();
      assertThat(engine.metrics().gauges()).containsEntry("ConcurrentQueryAcquired", 0L);
    }
  }

  @Test
  void waitingIsMeasuredAndInTurn() throws InterruptedException {
    try (Engine engine = engine(Map.of());
        var first = engine.login("default", "", ClientInfo.local())) {
      first
          .start(QueryRequest.of("CREATE WORKLOAD all SETTINGS max_concurrent_queries = 1"))
          .close();
      Map<String, String> in = Map.of("workload", "all");
      RunningQuery holds = first.start(request("holds", "SELECT number FROM system.numbers", in));
      var order = java.util.Collections.synchronizedList(new ArrayList<Integer>());
      var waitedMicros = new AtomicInteger();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 5; i++) {
        int n = i;
        threads.add(
            Thread.startVirtualThread(() -> {
              try (var session = engine.login("default", "", ClientInfo.local());
                  RunningQuery q = session.start(request("w" + n, "SELECT 1", in))) {
                order.add(n);
                drain(q);
                waitedMicros.addAndGet(
                    q.profileEvents()
                        .getOrDefault("ConcurrentQueryWaitMicroseconds", 0L)
                        .intValue());
              }
            }));
        awaitWaiting(engine, i + 1);
      }
      sleepMs(50);
      holds.close();
      for (Thread t : threads) {
        t.join(10_000);
      }
      assertThat(order).containsExactly(0, 1, 2, 3, 4);
      assertThat(waitedMicros.get()).isGreaterThan(5 * 50_000);
    }
  }

  @Test
  void limitsOfServerAndUserAreErrorsAtOnceButNotForWhoLooksOrKills() {
    try (Engine engine =
            engine(Map.of("max_concurrent_queries", "2", "max_concurrent_insert_queries", "1"));
        var s = engine.login("default", "", ClientInfo.local());
        var other = engine.login("default", "", ClientInfo.local())) {
      String endless = "SELECT number FROM system.numbers";
      RunningQuery one = s.start(request("one", endless, Map.of()));
      Map<String, String> user = Map.of("max_concurrent_queries_for_user", "1");
      assertThatThrownBy(() -> other.start(request("", "SELECT 1", user)))
          .hasMessageStartingWith(
              "Too many simultaneous queries for user default. Current: 1, maximum: 1. Try again");
      Map<String, String> users = Map.of("max_concurrent_queries_for_all_users", "1");
      assertThatThrownBy(() -> other.start(request("", "SELECT 1", users)))
          .hasMessageStartingWith(
              "Too many simultaneous queries for all users. Current: 1, maximum: 1. Try again");
      RunningQuery two = other.start(request("two", endless, Map.of()));
      assertThatThrownBy(() -> other.start(request("", "SELECT 1", Map.of())))
          .hasMessageStartingWith(
              "Too many simultaneous queries. Current: 2, maximum: 2. Try again in ")
          .extracting(QuerySlotsTest::code)
          .isEqualTo(202);
      RunningQuery looks =
          other.start(request("", "SELECT query_id FROM system.processes", Map.of()));
      drain(looks);
      looks.close();
      RunningQuery kills =
          other.start(request("", "KILL QUERY WHERE query_id IN ('one', 'two') ASYNC", Map.of()));
      drain(kills);
      kills.close();
      one.close();
      two.close();
      other.start(request("", "SELECT 1", user)).close();
    }
  }

  @Test
  void queriesPerSecondAreLimited() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run("CREATE WORKLOAD all SETTINGS max_queries_per_second = 20, max_burst_queries = 5");
      long start = System.nanoTime();
      for (int i = 0; i < 15; i++) {
        db.run("SELECT 1 SETTINGS workload = 'all'");
      }
      assertThat(System.nanoTime() - start).isBetween(450_000_000L, 5_000_000_000L);
    }
  }
}
