package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Quotas under a hundred clients at once. */
@Timeout(120)
class QuotaConcurrencyTest {
  private static final int CLIENTS = 100;

  private static Engine engine(String limits) {
    Engine engine = Engine.open(new EngineConfig(null, 2, 0, null, Map.of(), Map.of(), Map.of()));
    try (var admin = engine.login("default", "", ClientInfo.local())) {
      for (String sql :
          List.of(
              "CREATE TABLE t (x UInt64) ENGINE = Memory",
              "CREATE USER u IDENTIFIED BY 'p'",
              "GRANT SELECT, INSERT ON *.* TO u",
              "CREATE QUOTA q FOR INTERVAL 10 year MAX " + limits + " TO u")) {
        run(admin.start(QueryRequest.of(sql)));
      }
    }
    return engine;
  }

  private static void run(RunningQuery query) {
    try (query) {
      Statements.drain(query);
    }
  }

  private record Came(int done, int refused) {}

  /** Every client runs the statement some times; answers how often it was done and refused. */
  private static Came run(Engine engine, String sql, int times, int... codes)
      throws InterruptedException {
    var done = new AtomicInteger();
    var refused = new AtomicInteger();
    var strange = new ConcurrentLinkedQueue<Throwable>();
    var go = new CountDownLatch(1);
    var all = new CountDownLatch(CLIENTS);
    for (int c = 0; c < CLIENTS; c++) {
      Thread.startVirtualThread(() -> {
        try (var session = engine.login("u", "p", ClientInfo.local())) {
          go.await();
          for (int i = 0; i < times; i++) {
            try {
              run(session.start(QueryRequest.of(sql)));
              done.incrementAndGet();
            } catch (LonghouseException e) {
              if (e.code() == 201) {
                assertThat(e.retryAfterSec()).isPositive();
                assertThat(e.message()).contains("/").contains("Interval will end at");
                refused.incrementAndGet();
              } else if (codes.length == 0 || e.code() != codes[0]) {
                strange.add(e);
              } else {
                done.incrementAndGet();
              }
            }
          }
        } catch (Throwable e) {
          strange.add(e);
        } finally {
          all.countDown();
        }
      });
    }
    go.countDown();
    all.await();
    assertThat(strange).isEmpty();
    return new Came(done.get(), refused.get());
  }

  @Test
  void exactlyAsManyQueriesAsAllowed() throws InterruptedException {
    try (Engine engine = engine("queries = 137")) {
      assertThat(run(engine, "SELECT 1", 5)).isEqualTo(new Came(137, 363));
    }
  }

  @Test
  void exactlyAsManySelectsAndInsertsAsAllowed() throws InterruptedException {
    try (Engine engine = engine("query_selects = 41, query_inserts = 23")) {
      assertThat(run(engine, "SELECT 1", 2)).isEqualTo(new Came(41, 159));
      assertThat(run(engine, "INSERT INTO t SELECT 1", 2)).isEqualTo(new Came(23, 177));
      try (var admin = engine.login("default", "", ClientInfo.local())) {
        int rows = Statements.run(admin, "SELECT x FROM t").size();
        assertThat(rows).isEqualTo(23);
      }
    }
  }

  @Test
  void noMoreErrorsThanAllowed() throws InterruptedException {
    try (Engine engine = engine("errors = 30")) {
      assertThat(run(engine, "SELECT throwIf(1)", 5, 395)).isEqualTo(new Came(31, 469));
      assertThat(used(engine, Quota.Resource.ERRORS)).isEqualTo(31);
      assertThat(run(engine, "SELECT nonsense FROM", 1, 62)).isEqualTo(new Came(0, 100));
      assertThat(used(engine, Quota.Resource.ERRORS)).isEqualTo(31);
    }
  }

  @Test
  void rowsReadExceedTheLimitByABlockForEachThreadAtMost() throws InterruptedException {
    long limit = 3_000_000;
    try (Engine engine = engine("read_rows = " + limit)) {
      run(engine, "SELECT sum(number) FROM numbers(100000) SETTINGS max_block_size = 1000", 3);
      assertThat(used(engine, Quota.Resource.READ_ROWS)).isBetween(limit + 1, limit + 2 * 1000);
    }
  }

  private static long used(Engine engine, Quota.Resource r) {
    return ((LocalEngine) engine).access().quotas().all().getFirst().intervals().getFirst().used(r);
  }
}
