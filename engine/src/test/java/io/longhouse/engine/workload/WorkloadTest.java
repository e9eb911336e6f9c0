package io.longhouse.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions of workloads; errors and texts are 26.7's. */
class WorkloadTest {
  private static void fails(Statements db, String sql, String code, String message) {
    assertThatThrownBy(() -> db.run(sql))
        .as(sql)
        .hasMessage(message)
        .extracting(e -> Integer.toString(((LonghouseException) e).code()))
        .isEqualTo(code);
  }

  @Test
  void definitionsReferToWhatExists() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run("CREATE RESOURCE cpu (MASTER THREAD, WORKER THREAD)");
      db.run("CREATE WORKLOAD all");
      db.run("CREATE WORKLOAD prod IN all SETTINGS weight = 3, max_memory = '1G' FOR cpu");
      assertThat(db.run("SELECT name, parent, create_query FROM system.workloads"))
          .containsExactly(
              "all\t\tCREATE WORKLOAD `all`",
              "prod\tall\tCREATE WORKLOAD prod IN `all` SETTINGS weight = 3, max_memory = '1G' FOR"
                  + " cpu");
      assertThat(db.run("SELECT * FROM system.resources"))
          .containsExactly(
              "cpu\t[]\t[]\tCPUNanosecond\tCREATE RESOURCE cpu (MASTER THREAD, WORKER THREAD)");
      fails(
          db,
          "CREATE WORKLOAD second",
          "36",
          "The second root is not allowed. You should probably add 'PARENT all' clause.");
      fails(
          db,
          "CREATE WORKLOAD x IN nope",
          "36",
          "Workload entity 'x' references another workload entity 'nope' that doesn't exist.");
      fails(db, "CREATE WORKLOAD all", "36", "Workload entity 'all' already exists.");
      db.run("CREATE WORKLOAD IF NOT EXISTS all");
      fails(
          db,
          "DROP WORKLOAD all",
          "36",
          "Workload entity 'all' cannot be dropped. It is referenced by: prod.");
      fails(
          db,
          "DROP RESOURCE cpu",
          "36",
          "Workload entity 'cpu' cannot be dropped. It is referenced by: prod.");
      fails(db, "DROP WORKLOAD nope", "36", "Workload entity 'nope' doesn't exist.");
      fails(db, "DROP RESOURCE all", "36", "Workload entity 'all' doesn't exist.");
      db.run("DROP WORKLOAD IF EXISTS nope");
      fails(
          db,
          "CREATE RESOURCE cpu2 (WORKER THREAD)",
          "36",
          "The second resource for WORKER THREAD is not allowed. Current resource name: 'cpu'.");
      db.run("CREATE WORKLOAD a IN prod");
      fails(
          db,
          "CREATE OR REPLACE WORKLOAD prod IN a",
          "36",
          "Workload entity cycles are not allowed.");
      fails(
          db,
          "CREATE OR REPLACE WORKLOAD all IN a",
          "36",
          "It is not allowed to remove root workload.");
      fails(
          db,
          "SELECT 1 SETTINGS workload = 'prod'",
          "672",
          "Unable to link to workload 'prod' that has children.");
      assertThat(db.run("SELECT 1 SETTINGS workload = 'a'")).containsExactly("1");
      assertThat(db.run("SELECT 1 SETTINGS workload = 'unheard of'")).containsExactly("1");
    }
  }

  @Test
  void settingsAreChecked() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run("CREATE WORKLOAD all");
      String y = "CREATE WORKLOAD y IN all SETTINGS ";
      fails(db, y + "foo = 1", "36", "Unknown workload setting 'foo'");
      fails(
          db,
          y + "weight = -1",
          "36",
          "Unexpected negative value -1 for workload setting 'weight'");
      fails(db, y + "weight = 'abc'", "27", "Cannot parse input: expected 'eof' before: 'abc'.");
      fails(
          db,
          y + "weight = 0",
          "672",
          "Zero, negative and non-finite node weights are not allowed: 0");
      fails(db, y + "priority = 'a'", "170", "Bad get: has String, requested Int64.");
      fails(
          db,
          y + "max_bytes_per_second = 1",
          "48",
          "Workload setting 'max_bytes_per_second' is not implemented: disks are not shared out");
      db.run(y + "weight = '1Ki', priority = -5, max_cpus = 1.5, max_memory = '2Gi'");
    }
  }

  @Test
  void theTreeOfAResourceIsShownAsItIsShared() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run("CREATE RESOURCE cpu (MASTER THREAD, WORKER THREAD)");
      db.run("CREATE WORKLOAD all SETTINGS max_concurrent_threads = 4");
      db.run("CREATE WORKLOAD a IN all");
      db.run("CREATE WORKLOAD b IN all SETTINGS weight = 9");
      db.run("CREATE WORKLOAD c IN all SETTINGS priority = -1");
      db.run("CREATE WORKLOAD a1 IN a SETTINGS max_cpus = 1");
      db.run("SELECT sum(number) FROM numbers(100000) SETTINGS workload = 'a1'");
      assertThat(
              db.run(
                  "SELECT path, type, weight, priority, max_requests, max_speed FROM"
                      + " system.scheduler ORDER BY path"))
          .containsExactly(
              "/all\tworkload\t1\t0\t\\N\t\\N",
              "/all/semaphore\tinflight_limit\t1\t0\t4\t\\N",
              "/all/semaphore/prio\tpriority\t1\t0\t\\N\t\\N",
              "/all/semaphore/prio/c\tworkload\t1\t-1\t\\N\t\\N",
              "/all/semaphore/prio/c/fifo\tfifo\t1\t0\t\\N\t\\N",
              "/all/semaphore/prio/p0_fair\tfair\t1\t0\t\\N\t\\N",
              "/all/semaphore/prio/p0_fair/a\tworkload\t1\t0\t\\N\t\\N",
              "/all/semaphore/prio/p0_fair/a/a1\tworkload\t1\t0\t\\N\t\\N",
              "/all/semaphore/prio/p0_fair/a/a1/throttler\tbandwidth_limit\t1\t0\t\\N\t1000000000",
              "/all/semaphore/prio/p0_fair/a/a1/throttler/fifo\tfifo\t1\t0\t\\N\t\\N",
              "/all/semaphore/prio/p0_fair/b\tworkload\t9\t0\t\\N\t\\N",
              "/all/semaphore/prio/p0_fair/b/fifo\tfifo\t1\t0\t\\N\t\\N");
      assertThat(
              db.run(
                  "SELECT dequeued_requests > 0, dequeued_cost > 0 FROM system.scheduler WHERE path"
                      + " IN ('/all', '/all/semaphore/prio/p0_fair/a/a1')"))
          .containsExactly("1\t1", "1\t1");
    }
  }

  @Test
  void definitionsOutliveTheServer(@TempDir Path folder) {
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE RESOURCE q (QUERY)");
      db.run("CREATE WORKLOAD all");
      db.run("CREATE WORKLOAD `app.acme` IN all SETTINGS max_concurrent_queries = 2 FOR q");
      db.run("CREATE WORKLOAD gone IN all");
      db.run("DROP WORKLOAD gone");
    }
    assertThat(folder.resolve("workload/workload_app%2Eacme.sql"))
        .content()
        .isEqualTo(
            "CREATE WORKLOAD `app.acme` IN `all` SETTINGS max_concurrent_queries = 2 FOR q\n");
    try (var db = new Statements(EngineConfig.at(folder))) {
      assertThat(db.run("SELECT name FROM system.workloads")).containsExactly("all", "app.acme");
      assertThat(db.run("SELECT name, unit FROM system.resources")).containsExactly("q\tQuerySlot");
    }
  }

  @Test
  void memoryIsLimitedForAQueryAUserAndAWorkload() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      String big = "SELECT uniqExact(number) FROM numbers(3000000) SETTINGS max_threads = 1, ";
      db.run("CREATE WORKLOAD all SETTINGS max_memory = '10M'");
      assertThatThrownBy(() -> db.run(big + "max_memory_usage = 10000000"))
          .hasMessageContaining("Query memory limit exceeded: would use")
          .hasMessageEndingWith("maximum: 9.54 MiB");
      assertThatThrownBy(() -> db.run(big + "max_memory_usage_for_user = 10000000"))
          .hasMessageContaining("User memory limit exceeded: would use")
          .hasMessageEndingWith("maximum: 9.54 MiB. Try again when other queries have ended");
      assertThatThrownBy(() -> db.run(big + "workload = 'all'"))
          .hasMessageContaining("Workload all memory limit exceeded: would use");
      db.run("CREATE OR REPLACE WORKLOAD all SETTINGS max_memory = 0");
      assertThat(db.run(big + "workload = 'all'")).containsExactly("3000000");
    }
  }
}
