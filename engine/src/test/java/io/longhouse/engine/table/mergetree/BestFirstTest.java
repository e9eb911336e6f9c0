package io.longhouse.engine.table.mergetree;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.RunningQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first rows by a key: they are the right ones, and little else is read. */
class BestFirstTest {
  private static final List<String> ORDERS =
      List.of("b", "b DESC", "b DESC, c", "a, b", "a DESC", "b, a DESC", "b NULLS FIRST");
  private static final List<String> CONDITIONS =
      List.of("1", "a = 3", "a = 3 AND c % 7 = 0", "a IN (1, 6)", "b > 900", "a = 77", "a > 5");

  @Test
  void theSameRowsAsWithoutTheOrder() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      fill(db);
      for (String condition : CONDITIONS) {
        for (String order : ORDERS) {
          String query =
              "SELECT a, b FROM t WHERE " + condition + " ORDER BY " + order + ", a, b LIMIT 5";
          assertThat(db.run(query))
              .as(query)
              .isEqualTo(db.run(query + " SETTINGS use_top_k_dynamic_filtering = 0"));
        }
      }
    }
  }

  @Test
  void aTenantsLastRowsAreReadWithoutItsOthers() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      fill(db);
      db.run("OPTIMIZE TABLE t FINAL");
      assertThat(rowsRead(db, "SELECT * FROM t WHERE a = 3 ORDER BY b DESC LIMIT 10"))
          .isLessThan(30_000);
      assertThat(rowsRead(db, "SELECT * FROM t WHERE a = 3 ORDER BY b LIMIT 10"))
          .isLessThan(30_000);
      assertThat(rowsRead(db, "SELECT * FROM t WHERE a = 3 ORDER BY c LIMIT 10"))
          .isGreaterThan(100_000);
    }
  }

  private static void fill(Statements db) {
    db.run(
        "CREATE TABLE t (a UInt8, b Int32, c UInt32, s String) ENGINE = MergeTree ORDER BY (a, b)");
    for (int part = 0; part < 3; part++) {
      db.run(
          "INSERT INTO t SELECT number % 8, intHash32(number) % 100000 - 50000, number,"
              + " toString(number) FROM numbers("
              + part * 400_000
              + ", 400000)");
    }
  }

  private static long rowsRead(Statements db, String query) {
    try (RunningQuery running = db.start(query)) {
      Statements.drain(running);
      return running.progress().readRows();
    }
  }
}
