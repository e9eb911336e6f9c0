package io.longhouse.engine.table.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected texts are those of ClickHouse 26.7, but for row policies, which it does not ask for. */
class AliasTableTest {
  @TempDir Path folder;

  @Test
  void whatIsDoneToAnAliasIsDoneToItsTarget() {
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE DATABASE b");
      db.run(
          "CREATE TABLE b.t (x Int32, y String, w Int32 ALIAS x + 1) ENGINE = MergeTree ORDER BY"
              + " x");
      db.run("CREATE TABLE a ENGINE = Alias(b, t)");
      db.run("CREATE TABLE b.a1 ENGINE = Alias('t')");
      db.run("CREATE MATERIALIZED VIEW ofTarget ENGINE = Memory AS SELECT x FROM b.t");
      db.run("CREATE MATERIALIZED VIEW ofAlias ENGINE = Memory AS SELECT x FROM a");
      db.run("INSERT INTO a VALUES (1, 'a'), (2, 'b')");
      db.run("INSERT INTO b.a1 (x) VALUES (3)");
      assertThat(db.run("SELECT x, w, a.y, _table, _database FROM a ORDER BY x"))
          .containsExactly("1\t2\ta\tt\tb", "2\t3\tb\tt\tb", "3\t4\t\tt\tb");
      assertThat(db.run("SELECT x FROM ofTarget ORDER BY x")).containsExactly("1", "2", "3");
      assertThat(db.run("SELECT x FROM ofAlias ORDER BY x")).containsExactly("1", "2");
      db.run("ALTER TABLE a ADD COLUMN q Int32 DEFAULT 5");
      db.run("DELETE FROM a WHERE x = 2");
      db.run("ALTER TABLE b.a1 UPDATE y = 'zz' WHERE x = 3 SETTINGS mutations_sync = 2");
      db.run("OPTIMIZE TABLE a FINAL");
      assertThat(db.run("SELECT * FROM b.t ORDER BY x")).containsExactly("1\ta\t5", "3\tzz\t5");
      db.run("TRUNCATE TABLE b.a1");
      assertThat(db.run("SELECT count() FROM b.t")).containsExactly("0");
    }
  }

  @Test
  void anAliasIsItsOwnTableInTheCatalog() {
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE TABLE t (x Int32) ENGINE = MergeTree ORDER BY x");
      db.run("INSERT INTO t VALUES (1)");
      db.run("CREATE TABLE a ENGINE = Alias(t) COMMENT 'hi'");
      db.run("CREATE TABLE early ENGINE = Alias(default.later)");
      assertThat(db.run("SHOW CREATE TABLE a"))
          .containsExactly(
              "CREATE TABLE default.a\n(\n    `x` Int32\n)\nENGINE = Alias('t')\nCOMMENT 'hi'");
      assertThat(db.run("SHOW CREATE TABLE early"))
          .containsExactly("CREATE TABLE default.early\nENGINE = Alias('default.later')");
      db.run("ALTER TABLE t ADD COLUMN y Int32");
      db.run("RENAME TABLE a TO a2");
    }
    try (var db = new Statements(EngineConfig.at(folder))) {
      assertThat(
              db.run(
                  "SELECT name, engine, engine_full, total_rows, has_own_data FROM system.tables"
                      + " WHERE database = 'default' ORDER BY name"))
          .containsExactly(
              "a2\tAlias\tAlias('t')\t1\t0",
              "early\tAlias\tAlias('default.later')\t\\N\t0",
              "t\tMergeTree\tMergeTree ORDER BY x SETTINGS index_granularity = 8192\t1\t1");
      assertThat(db.run("DESCRIBE a2")).containsExactly("x\tInt32\t\t\t\t\t", "y\tInt32\t\t\t\t\t");
      db.run("DROP TABLE a2");
      assertThat(db.run("SELECT x FROM t")).containsExactly("1");
      for (String use :
          List.of("SELECT * FROM early", "INSERT INTO early VALUES (1)", "DESCRIBE early")) {
        assertThatThrownBy(() -> db.run(use))
            .as(use)
            .hasMessageContaining("Table default.later does not exist");
      }
      db.run("CREATE TABLE a ENGINE = Alias(t)");
      for (var wrong :
          Map.of(
                  "CREATE TABLE e ENGINE = Alias(a)",
                      "Alias table cannot refer to another Alias table",
                  "CREATE TABLE e ENGINE = Alias(e)", "Alias table cannot refer to itself",
                  "CREATE TABLE e (x Int8) ENGINE = Alias(t)",
                      "Storage Alias does not support explicit column definitions",
                  "CREATE TABLE e AS a",
                      "Storage Alias does not support explicit column definitions",
                  "CREATE TABLE e ENGINE = Alias",
                      "Storage Alias requires target table name in ENGINE arguments",
                  "CREATE TABLE e ENGINE = Alias(a, b, c)",
                      "Storage Alias requires at most 2 arguments")
              .entrySet()) {
        assertThatThrownBy(() -> db.run(wrong.getKey()))
            .as(wrong.getKey())
            .hasMessageContaining(wrong.getValue());
      }
    }
  }

  @Test
  void bothNamesNeedThePrivilegeAndTheTargetsPoliciesHold() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run("CREATE DATABASE b");
      db.run("CREATE TABLE b.t (tenant UInt8, x Int32) ENGINE = MergeTree ORDER BY tenant");
      db.run("INSERT INTO b.t VALUES (1, 10), (2, 20), (1, 11)");
      db.run("CREATE TABLE a ENGINE = Alias(b, t)");
      db.run("CREATE USER u IDENTIFIED BY 'p'");
      db.run("GRANT SELECT, INSERT, OPTIMIZE, TRUNCATE, ALTER ON default.a TO u");
      try (var u = db.as("u", "p")) {
        for (var denied :
            Map.of(
                    "SELECT x FROM a", "SELECT ON b.t",
                    "SELECT count() FROM a", "one column on b.t",
                    "INSERT INTO a VALUES (1, 1)", "INSERT ON b.t",
                    "OPTIMIZE TABLE a", "OPTIMIZE ON b.t",
                    "TRUNCATE TABLE a", "TRUNCATE ON b.t",
                    "TRUNCATE DATABASE default", "TRUNCATE ON",
                    "DELETE FROM a WHERE 1", "ALTER DELETE ON b.t",
                    "ALTER TABLE a DROP COLUMN x", "ALTER DROP COLUMN")
                .entrySet()) {
          assertThatThrownBy(() -> u.run(denied.getKey()))
              .as(denied.getKey())
              .hasMessageContaining(denied.getValue());
        }
        db.run("GRANT SELECT(tenant, x) ON b.t TO u");
        db.run("CREATE ROW POLICY p ON b.t USING tenant = 1 TO u");
        assertThat(u.run("SELECT x FROM a ORDER BY x")).containsExactly("10", "11");
        assertThat(u.run("SELECT count() FROM a")).containsExactly("2");
        assertThat(u.run("SELECT max(x) FROM a PREWHERE tenant > 0")).containsExactly("11");
        db.run("CREATE ROW POLICY q ON a USING x > 10 TO u");
        assertThat(u.run("SELECT x FROM a")).containsExactly("11");
        db.run("REVOKE SELECT ON default.a FROM u");
        assertThatThrownBy(() -> u.run("SELECT x FROM a")).hasMessageContaining("default.a");
      }
    }
  }
}
