package io.longhouse.engine.meter;

import static io.longhouse.engine.Statements.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantUsageTest {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT count(), sum(number) FROM numbers(100000)",
          "SELECT * FROM t ORDER BY v LIMIT 3",
          "SELECT nothing FROM t",
          "SELECT nothing FROM",
          "SELECT throwIf(number = 70000) FROM numbers(100000)",
          "INSERT INTO t SELECT number, 'x' FROM numbers(1000)",
          "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO t SELECT throwIf(number = 5000), 'y' FROM numbers(10000)",
          "ALTER TABLE t DELETE WHERE v = 3",
          "CREATE TABLE IF NOT EXISTS u (a UInt8) ENGINE = Memory",
          "DROP TABLE IF EXISTS u",
          "SHOW TABLES",
          "SELECT groupArray(toString(number)) FROM numbers(200000) SETTINGS max_memory_usage ="
              + " 1000000",
          "SELECT sleepEachRow(0.001) FROM numbers(100000) SETTINGS max_block_size = 1");

  /** What the query log says an account used, in the order of {@link Measure}. */
  private static final String LOGGED =
      "SELECT tenant_space, tenant, toStartOfHour(event_time) AS hour, count(), countIf(query_kind"
          + " = 'Select'), countIf(query_kind = 'Insert'), countIf(query_kind = 'Alter'),"
          + " countIf(query_kind IN ('Create', 'Drop', 'Rename')), countIf(query_kind NOT IN"
          + " ('Select', 'Insert', 'Alter', 'Create', 'Drop', 'Rename')), countIf(type !="
          + " 'QueryFinish'), sum(ProfileEvents['OSCPUVirtualTimeMicroseconds']),"
          + " sum(query_duration_ms), sum(ProfileEvents['ConcurrentQueryWaitMicroseconds']),"
          + " sum(read_rows), sum(read_bytes), sum(written_rows), sum(written_bytes),"
          + " sum(result_rows), sum(result_bytes), max(memory_usage) FROM system.query_log WHERE"
          + " type != 'QueryStart' GROUP BY ALL ORDER BY ALL";

  private static final String COUNTED =
      "SELECT tenant_space, tenant, hour, queries, select_queries, insert_queries, alter_queries,"
          + " ddl_queries, other_queries, failed_queries, cpu_microseconds, query_duration_ms,"
          + " queue_microseconds,"
          + " read_rows, read_bytes, written_rows, written_bytes, result_rows, result_bytes,"
          + " peak_memory_usage FROM system.tenant_usage FINAL WHERE queries > 0 ORDER BY ALL";

  @TempDir Path folder;

  @Test
  void sumsAreThoseOfTheQueryLogWhateverBecomesOfQueries() throws Exception {
    long seed = System.nanoTime();
    List<String> logged;
    try (Engine engine = Engine.open(EngineConfig.at(folder));
        Session root = engine.login("default", "", ClientInfo.local())) {
      run(root, "CREATE TABLE t (v UInt64, s String) ENGINE = MergeTree ORDER BY v");
      for (int i = 0; i < 4; i++) {
        run(root, "CREATE USER u" + i);
        run(root, "GRANT ALL ON default.* TO u" + i);
      }
      load(engine, seed);
      run(root, "SYSTEM FLUSH LOGS");
      logged = run(root, LOGGED);
      assertThat(logged).as("seed " + seed).hasSizeGreaterThanOrEqualTo(5);
      String own = "WHERE NOT (tenant = 'default')";
      assertThat(run(root, "SELECT * FROM (" + COUNTED + ") " + own))
          .as("seed " + seed)
          .isEqualTo(run(root, "SELECT * FROM (" + LOGGED + ") " + own))
          .isNotEmpty();
    }
    try (Engine again = Engine.open(EngineConfig.at(folder));
        Session root = again.login("default", "", ClientInfo.local())) {
      assertThat(run(root, COUNTED)).as("seed " + seed).isEqualTo(run(root, LOGGED));
      assertThat(run(root, "SELECT sum(failed_queries) > 20 FROM system.tenant_usage"))
          .containsExactly("1");
    }
  }

  @Test
  void oneSeesOnesOwnRows() {
    try (Engine engine = Engine.open(EngineConfig.at(folder));
        Session root = engine.login("default", "", ClientInfo.local())) {
      run(root, "CREATE USER a");
      run(root, "CREATE USER b");
      Session a = engine.login("a", "", ClientInfo.local());
      Session b = engine.login("b", "", ClientInfo.local());
      run(a, "SELECT 1");
      run(b, "SELECT 2");
      run(root, "SYSTEM FLUSH LOGS");
      String tenants = "SELECT DISTINCT tenant FROM system.tenant_usage ORDER BY tenant";
      assertThat(run(a, tenants)).containsExactly("a");
      assertThat(run(a, "SELECT DISTINCT tenant FROM system.query_log")).containsExactly("a");
      assertThat(run(a, "SELECT sum(queries) FROM system.tenant_usage")).containsExactly("1");
      for (String closed :
          List.of(
              "part_log",
              "events",
              "metrics",
              "asynchronous_metrics",
              "quotas_usage",
              "user_processes")) {
        assertThatThrownBy(() -> run(a, "SELECT * FROM system." + closed))
            .as(closed)
            .hasMessageContaining("Not enough privileges");
      }
      assertThatThrownBy(() -> run(b, "SELECT secret FROM numbers(1)"));
      String errors = "SELECT name, value, last_error_message LIKE '%secret%' FROM system.errors";
      assertThat(run(b, errors)).containsExactly("UNKNOWN_IDENTIFIER\t1\t1");
      assertThat(run(a, errors)).isNotEmpty().allMatch(e -> e.startsWith("ACCESS_DENIED"));
      assertThat(run(root, errors)).contains("UNKNOWN_IDENTIFIER\t1\t1");
      run(root, "GRANT SELECT ON system.tenant_usage TO b");
      assertThat(run(b, tenants)).contains("a", "b", "default");
    }
  }

  @Test
  void usageIsCountedWhereLoggingIsSwitchedOff() {
    try (Engine engine = Engine.open(EngineConfig.at(folder));
        Session root = engine.login("default", "", ClientInfo.local())) {
      run(root, "CREATE USER quiet");
      Session quiet = engine.login("quiet", "", ClientInfo.local());
      run(quiet, "SET log_queries = 0");
      run(quiet, "SELECT sum(number) FROM numbers(10)");
      run(root, "SYSTEM FLUSH LOGS");
      assertThat(run(quiet, "SELECT sum(select_queries), sum(read_rows) FROM system.tenant_usage"))
          .containsExactly("1\t10");
      assertThat(run(quiet, "SELECT query FROM system.query_log WHERE query LIKE '%number%'"))
          .isEmpty();
    }
  }

  @Test
  void insertsCostProcessorTimeLargeAndSmall() {
    try (Engine engine = Engine.open(EngineConfig.at(folder));
        Session root = engine.login("default", "", ClientInfo.local())) {
      run(root, "CREATE TABLE t (x UInt64) ENGINE = MergeTree ORDER BY -x");
      for (String user : List.of("small", "large")) {
        run(root, "CREATE USER " + user);
        run(root, "GRANT INSERT ON t TO " + user);
      }
      Session small = engine.login("small", "", ClientInfo.local());
      Session large = engine.login("large", "", ClientInfo.local());
      for (int i = 0; i < 20; i++) {
        run(small, "INSERT INTO t VALUES (1), (2), (3)");
      }
      run(large, "INSERT INTO t SELECT number FROM numbers(1000000)");
      run(root, "SYSTEM FLUSH LOGS");
      assertThat(
              run(
                  root,
                  "SELECT tenant, sum(cpu_microseconds) > 1000 FROM system.tenant_usage WHERE"
                      + " insert_queries > 0 GROUP BY tenant ORDER BY tenant"))
          .containsExactly("large\t1", "small\t1");
    }
  }

  @Test
  void oldMonthsAreDropped() {
    try (Engine engine = Engine.open(EngineConfig.at(folder));
        Session root = engine.login("default", "", ClientInfo.local())) {
      run(root, "SYSTEM FLUSH LOGS");
      run(
          root,
          "INSERT INTO system.tenant_usage (tenant, hour, queries) SELECT 'old', now() - INTERVAL"
              + " arrayJoin([3, 399, 450, 1000]) DAY, 1");
    }
    try (Engine engine = Engine.open(EngineConfig.at(folder));
        Session root = engine.login("default", "", ClientInfo.local())) {
      run(root, "SYSTEM FLUSH LOGS");
      assertThat(run(root, "SELECT count() FROM system.tenant_usage WHERE tenant = 'old'"))
          .containsExactly("2");
    }
  }

  /** Four users at once; every now and then somebody kills what sleeps. */
  private static void load(Engine engine, long seed) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
      for (int i = 0; i < 4; i++) {
        String user = "u" + i;
        var random = new Random(seed + i);
        threads.submit(() -> {
          try (Session session = engine.login(user, "", ClientInfo.local())) {
            for (int n = 0; n < 60; n++) {
              one(session, STATEMENTS.get(random.nextInt(STATEMENTS.size())), random);
            }
          }
        });
      }
      threads.shutdown();
      try (Session killer = engine.login("default", "", ClientInfo.local())) {
        while (!threads.awaitTermination(20, TimeUnit.MILLISECONDS)) {
          run(killer, "KILL QUERY WHERE query LIKE '%sleepEachRow%' AND user != 'default' SYNC");
        }
      }
    }
  }

  /** Carries a statement out; some are closed before their result has been taken. */
  private static void one(Session session, String sql, Random random) {
    try (RunningQuery query = session.start(QueryRequest.of(sql))) {
      if (random.nextInt(5) == 0) {
        query.next(random.nextInt(3));
        return;
      }
      Statements.drain(query);
    } catch (LonghouseException e) {
      assertThat(e.code()).isPositive();
    }
  }
}
