package io.longhouse.engine.table.combine;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CombinedTablesTest {
  @TempDir Path folder;

  @Test
  void mergeReadsAllTablesInItsOwnTypes() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run("CREATE TABLE a1 (x UInt8, s String) ENGINE = Memory");
      db.run("CREATE TABLE a2 (x UInt16) ENGINE = Memory");
      db.run("INSERT INTO a1 VALUES (1, 'q')");
      db.run("INSERT INTO a2 VALUES (300)");
      db.run("CREATE TABLE m (x UInt32) ENGINE = Merge(currentDatabase(), '^a')");
      assertThat(db.run("SELECT *, _table FROM merge('^a') ORDER BY x"))
          .containsExactly("1\tq\ta1", "300\t\ta2");
      assertThat(db.run("SELECT * FROM m WHERE _table = 'a2'")).containsExactly("300");
      assertThat(db.run("DESCRIBE merge('^a')"))
          .containsExactly("x\tUInt16\t\t\t\t\t", "s\tString\t\t\t\t\t");
    }
  }

  @Test
  void aBufferShowsWhatWaitsAndPassesItOnWhenItIsClosed() {
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE TABLE t (x UInt8, y UInt8 DEFAULT x * 2) ENGINE = Log");
      db.run(
          "CREATE TABLE b (x UInt8) ENGINE = Buffer(default, t, 1, 100, 100, 100, 100, 9999,"
              + " 9999)");
      db.run("INSERT INTO b VALUES (7)");
      assertThat(db.run("SELECT x FROM b")).containsExactly("7");
      assertThat(db.run("SELECT count() FROM t")).containsExactly("0");
      db.run("OPTIMIZE TABLE b");
      assertThat(db.run("SELECT * FROM t")).containsExactly("7\t14");
      db.run("INSERT INTO b SELECT number FROM numbers(101)");
      assertThat(db.run("SELECT count() FROM t")).containsExactly("102");
      db.run("INSERT INTO b VALUES (8)");
      db.run("DROP TABLE b");
      assertThat(db.run("SELECT count() FROM t")).containsExactly("103");
    }
  }

  @Test
  void joinAndSetTablesAreThereAfterARestart() {
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE TABLE s (a UInt8) ENGINE = Set");
      db.run("INSERT INTO s VALUES (1), (3), (3)");
      db.run("CREATE TABLE j (k UInt64, v String) ENGINE = Join(ANY, LEFT, k)");
      db.run("INSERT INTO j VALUES (1, 'a'), (2, 'b'), (1, 'c')");
    }
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("INSERT INTO j VALUES (0, 'z')");
      assertThat(db.run("SELECT number FROM numbers(5) WHERE number IN s"))
          .containsExactly("1", "3");
      assertThat(
              db.run(
                  "SELECT joinGet(j, 'v', number), joinGetOrNull('j', 'v', number)"
                      + " FROM numbers(4)"))
          .containsExactly("z\tz", "a\ta", "b\tb", "\t\\N");
      assertThat(db.run("SELECT number, v FROM numbers(2) ANY LEFT JOIN j ON number = k"))
          .containsExactly("0\tz", "1\ta");
    }
  }

  @Test
  void queriesAreLogged() {
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("SELECT 41 + 1");
      db.run("SYSTEM FLUSH LOGS");
      assertThat(
              db.run(
                  "SELECT type, query_kind, result_rows FROM system.query_log"
                      + " WHERE query = 'SELECT 41 + 1' ORDER BY type"))
          .containsExactly("QueryStart\tSelect\t0", "QueryFinish\tSelect\t1");
    }
  }

  @Test
  void explainShowsThePlanAsClickHouseDoes() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run("CREATE TABLE m (x UInt8) ENGINE = Memory");
      assertThat(
              db.run(
                  "EXPLAIN SELECT x FROM (SELECT x FROM m WHERE x = 1 AND x + 1 < 3 OR NOT x)"
                      + " ORDER BY x DESC LIMIT 2, 3"))
          .containsExactly(
              "Output: x",
              "",
              "Limit (preliminary LIMIT)",
              "│  Limit 3",
              "│  Offset 2",
              "└──Sorting (Sorting for ORDER BY)",
              "   │  Sort description: x DESC",
              "   │  Limit 5",
              "   └──Filter ((WHERE + Change column names to column identifiers))",
              "      │  Filter column: x = 1 AND x + 1 < 3 OR NOT x",
              "      └──ReadFromMemoryStorage",
              "            Output: x");
    }
  }
}
