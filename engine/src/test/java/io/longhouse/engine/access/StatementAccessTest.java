package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is refused to whom; the texts are those of ClickHouse 26.7. */
class StatementAccessTest {
  private static Statements db;
  private static Statements nobody;

  @BeforeAll
  static void open() {
    db = new Statements(EngineConfig.inMemory());
    db.run("CREATE DATABASE db");
    db.run("CREATE TABLE db.t (a Int8, b Int8, c Int8) ENGINE = MergeTree ORDER BY a");
    db.run("INSERT INTO db.t VALUES (1, 2, 3), (2, 3, 4), (3, 4, 5)");
    db.run("CREATE TABLE db.u (x Int8) ENGINE = MergeTree ORDER BY x");
    db.run("CREATE VIEW db.v AS SELECT a, b FROM db.t");
    db.run("CREATE VIEW db.d DEFINER = default SQL SECURITY DEFINER AS SELECT a, b FROM db.t");
    db.run("CREATE TABLE db.j (k Int8, v Int8) ENGINE = Join(ANY, LEFT, k)");
    db.run("CREATE USER nobody IDENTIFIED BY 'p'");
    nobody = db.as("nobody", "p");
  }

  @AfterAll
  static void close() {
    nobody.close();
    db.close();
  }

  private static void denied(Statements who, String sql, String grant) {
    assertThatThrownBy(() -> who.run(sql))
        .as(sql)
        .hasMessageContaining(
            ": Not enough privileges. To execute this query, it's necessary to have the grant "
                + grant);
  }

  @Test
  void withoutGrantsEveryKindOfStatementIsRefused() {
    String[][] refused = {
      {"SELECT * FROM db.t", "SELECT ON db.t"},
      {"SELECT 1 FROM db.t", "SELECT for at least one column on db.t"},
      {"SELECT (SELECT b FROM db.t LIMIT 1)", "SELECT ON db.t"},
      {"SELECT 1 IN (SELECT b FROM db.t)", "SELECT ON db.t"},
      {"SELECT 1 WHERE EXISTS (SELECT b FROM db.t)", "SELECT ON db.t"},
      {"WITH q AS (SELECT a FROM db.t) SELECT * FROM q", "SELECT ON db.t"},
      {"SELECT 1 UNION ALL SELECT a FROM db.t", "SELECT ON db.t"},
      {"SELECT * FROM view(SELECT b FROM db.t)", "SELECT ON db.t"},
      {"SELECT * FROM loop(db.t) LIMIT 1", "SELECT ON db.t"},
      {"SELECT * FROM db.v", "SELECT ON db.v"},
      {"SELECT * FROM db.d", "SELECT ON db.d"},
      {"SELECT joinGet('db.j', 'v', toInt8(1))", "SELECT ON db.j"},
      {"SELECT * FROM file('x.csv', CSV, 'a Int8')", "READ ON FILE"},
      {"INSERT INTO FUNCTION file('x.csv', CSV, 'a Int8') SELECT 1", "WRITE ON FILE"},
      {"EXPLAIN SELECT b FROM db.t", "SELECT ON db.t"},
      {"SELECT * FROM system.parts", "SELECT ON system.parts"},
      {"SELECT * FROM system.users", "SELECT ON system.users"},
      {"SELECT * FROM system.grants", "SELECT ON system.grants"},
      {"SELECT * FROM system.server_settings", "SELECT ON system.server_settings"},
      {"INSERT INTO db.t VALUES (1, 2, 3)", "INSERT ON db.t"},
      {"INSERT INTO db.t (a) SELECT 1", "INSERT ON db.t"},
      {"CREATE TABLE db.z (a Int8) ENGINE = Memory", "CREATE TABLE ON db.z"},
      {"CREATE TABLE db.z ENGINE = Memory AS SELECT 1", "CREATE TABLE ON db.z"},
      {"CREATE VIEW db.w AS SELECT 1", "CREATE VIEW ON db.w"},
      {"CREATE MATERIALIZED VIEW db.m ENGINE = Memory AS SELECT 1", "CREATE VIEW ON db.m"},
      {"CREATE TEMPORARY TABLE tt (a Int8)", "CREATE TEMPORARY TABLE ON *.*"},
      {"CREATE DATABASE zz", "CREATE DATABASE ON zz.*"},
      {"CREATE FUNCTION f AS x -> x", "CREATE FUNCTION ON *.*"},
      {"CREATE DICTIONARY db.q (a Int8) PRIMARY KEY a", "CREATE DICTIONARY ON db.q"},
      {"CREATE WORKLOAD w", "CREATE WORKLOAD ON *.*"},
      {"CREATE NAMED COLLECTION n AS a = 1", "CREATE NAMED COLLECTION ON n"},
      {"DROP TABLE db.t", "DROP TABLE ON db.t"},
      {"DROP VIEW db.v", "DROP VIEW ON db.v"},
      {"DROP DATABASE db", "DROP DATABASE ON db.*"},
      {"DROP FUNCTION f", "DROP FUNCTION ON *.*"},
      {"DETACH TABLE db.t", "DROP TABLE ON db.t"},
      {"ATTACH TABLE db.t", "CREATE TABLE ON db.t"},
      {"TRUNCATE TABLE db.t", "TRUNCATE ON db.t"},
      {"UNDROP TABLE db.t", "UNDROP TABLE ON db.t"},
      {"RENAME TABLE db.t TO db.t2", "SELECT, DROP TABLE ON db.t"},
      {"EXCHANGE TABLES db.t AND db.u", "SELECT, DROP TABLE ON db.t"},
      {"ALTER TABLE db.t ADD COLUMN z Int8", "ALTER ADD COLUMN ON db.t"},
      {"ALTER TABLE db.t DROP COLUMN b", "ALTER DROP COLUMN ON db.t"},
      {"ALTER TABLE db.t MODIFY COLUMN b Int16", "ALTER MODIFY COLUMN ON db.t"},
      {"ALTER TABLE db.t RENAME COLUMN b TO e", "ALTER RENAME COLUMN ON db.t"},
      {"ALTER TABLE db.t COMMENT COLUMN b 'x'", "ALTER COMMENT COLUMN ON db.t"},
      {"ALTER TABLE db.t CLEAR COLUMN b", "ALTER CLEAR COLUMN ON db.t"},
      {"ALTER TABLE db.t DELETE WHERE 1", "ALTER DELETE ON db.t"},
      {"ALTER TABLE db.t UPDATE b = 1 WHERE 1", "ALTER UPDATE ON db.t"},
      {"ALTER TABLE db.t DROP PARTITION tuple()", "ALTER DELETE ON db.t"},
      {"ALTER TABLE db.t ATTACH PARTITION tuple()", "INSERT ON db.t"},
      {"ALTER TABLE db.t FREEZE", "ALTER FREEZE PARTITION ON db.t"},
      {"ALTER TABLE db.t MODIFY ORDER BY (a, b)", "ALTER ORDER BY ON db.t"},
      {"ALTER TABLE db.t MODIFY TTL now()", "ALTER TTL ON db.t"},
      {"ALTER TABLE db.t MODIFY SETTING index_granularity = 1", "ALTER SETTINGS ON db.t"},
      {"ALTER TABLE db.t ADD INDEX i a TYPE minmax", "ALTER ADD INDEX ON db.t"},
      {"ALTER TABLE db.t ADD CONSTRAINT q CHECK a > 0", "ALTER ADD CONSTRAINT ON db.t"},
      {"DELETE FROM db.t WHERE 1", "ALTER DELETE ON db.t"},
      {"UPDATE db.t SET b = 1 WHERE 1", "ALTER UPDATE ON db.t"},
      {"OPTIMIZE TABLE db.t", "OPTIMIZE ON db.t"},
      {"CHECK TABLE db.t", "CHECK ON db.t"},
      {"BACKUP TABLE db.t TO Disk('a', 'b')", "BACKUP ON db.t"},
      {"DESCRIBE db.t", "SHOW COLUMNS ON db.t"},
      {"SHOW CREATE TABLE db.t", "SHOW COLUMNS ON db.t"},
      {"SHOW CREATE DATABASE db", "SHOW DATABASES ON db.*"},
      {"EXISTS TABLE db.t", "SHOW TABLES ON db.t"},
      {"USE db", "SHOW DATABASES ON db.*"},
      {"SYSTEM FLUSH LOGS", "SYSTEM FLUSH LOGS ON *.*"},
      {"SYSTEM STOP MERGES db.t", "SYSTEM MERGES ON db.t"},
      {"SYSTEM DROP MARK CACHE", "SYSTEM DROP MARK CACHE ON *.*"},
      {"SYSTEM SHUTDOWN", "SYSTEM SHUTDOWN ON *.*"},
      {"CREATE USER x", "CREATE USER ON x"},
      {"ALTER USER nobody IDENTIFIED BY 'q'", "ALTER USER ON nobody"},
      {"DROP USER default", "DROP USER ON `default`"},
      {"CREATE ROLE x", "CREATE ROLE ON x"},
      {"CREATE ROW POLICY x ON db.t USING 1 TO ALL", "CREATE ROW POLICY ON db.t"},
      {"CREATE QUOTA x", "CREATE QUOTA ON *.*"},
      {"CREATE SETTINGS PROFILE x", "CREATE SETTINGS PROFILE ON *.*"},
      {"GRANT SELECT ON db.t TO nobody", "SELECT ON db.t WITH GRANT OPTION"},
      {"REVOKE ALL ON *.* FROM default", "ALL ON *.* WITH GRANT OPTION"},
      {"SET DEFAULT ROLE NONE TO default", "ALTER USER ON `default`"},
      {"SHOW USERS", "SHOW USERS ON *.*"},
      {"SHOW CREATE USER default", "SHOW USERS ON *.*"},
      {"SHOW GRANTS FOR default", "SHOW USERS ON *.*"},
      {"SHOW POLICIES", "SHOW ROW POLICIES ON *.*"},
    };
    for (String[] r : refused) {
      denied(nobody, r[0], r[1].replace("`default`", "default"));
    }
  }

  @Test
  void withoutGrantsNothingIsListed() {
    assertThat(nobody.run("SHOW DATABASES")).isEmpty();
    assertThat(nobody.run("SELECT count() FROM system.tables")).containsExactly("0");
    assertThat(nobody.run("SELECT count() FROM system.columns")).containsExactly("0");
    assertThat(nobody.run("SHOW GRANTS")).isEmpty();
    assertThat(nobody.run("SHOW CREATE USER"))
        .containsExactly("CREATE USER nobody IDENTIFIED WITH sha256_password");
    assertThat(nobody.run("SELECT DISTINCT user FROM system.processes")).containsExactly("nobody");
    assertThat(nobody.run("SELECT * FROM numbers(2)")).containsExactly("0", "1");
  }

  @Test
  void grantsOfColumnsAreAskedForTheColumnsThatAreUsed() {
    db.run("CREATE USER c IDENTIFIED BY 'p'");
    db.run("GRANT SELECT(a), INSERT(a) ON db.t TO c");
    var c = db.as("c", "p");
    assertThat(c.run("SELECT sum(a) FROM db.t")).containsExactly("6");
    assertThat(c.run("SELECT count() FROM db.t")).containsExactly("3");
    assertThat(c.run("SELECT count() FROM (SELECT * FROM db.t)")).containsExactly("3");
    assertThat(c.run("SELECT sum(a) FROM (SELECT a, b FROM db.t)")).containsExactly("6");
    denied(c, "SELECT b, a FROM db.t", "SELECT ON db.t. (Missing permissions: SELECT ON db.t)");
    denied(c, "SELECT a FROM db.t WHERE b = 1", "SELECT ON db.t. (Missing");
    denied(c, "SELECT a FROM db.t ORDER BY c", "SELECT ON db.t. (Missing");
    denied(c, "SELECT x.a FROM db.t x JOIN db.t y ON x.a = y.b", "SELECT ON db.t");
    denied(c, "SELECT a FROM db.t GROUP BY a HAVING max(c) > 1", "SELECT ON db.t. (Missing");
    denied(c, "INSERT INTO db.t (a, c) VALUES (1, 1)", "INSERT");
    assertThat(c.run("SHOW GRANTS")).containsExactly("GRANT SELECT(a), INSERT(a) ON db.t TO c");
    assertThat(c.run("SELECT name FROM system.columns WHERE database = 'db' ORDER BY name"))
        .containsExactly("a");
  }

  @Test
  void viewsReadAsTheirDefinerOrTheirReader() {
    db.run("CREATE USER w IDENTIFIED BY 'p'");
    db.run("GRANT SELECT ON db.v TO w");
    db.run("GRANT SELECT ON db.d TO w");
    var w = db.as("w", "p");
    denied(w, "SELECT * FROM db.v", "SELECT ON db.t");
    assertThat(w.run("SELECT count() FROM db.d")).containsExactly("3");
  }

  @Test
  void nobodyGetsRowsThroughATableOfHisOwn() {
    db.run("CREATE DATABASE mine");
    db.run("CREATE TABLE db.secret (a Int8, s String) ENGINE = MergeTree ORDER BY a");
    db.run("CREATE USER own IDENTIFIED BY 'p'");
    db.run("GRANT ALL ON mine.* TO own");
    var own = db.as("own", "p");
    for (String sql :
        List.of(
            "CREATE MATERIALIZED VIEW mine.a (a Int8) ENGINE = Memory AS SELECT a FROM db.secret",
            "CREATE MATERIALIZED VIEW mine.a TO db.secret AS SELECT 1 AS a",
            "CREATE TABLE mine.a (a Int8) ENGINE = Buffer(db, secret, 1, 1, 1, 1, 1, 1, 1)",
            "CREATE DICTIONARY mine.a (a Int8) PRIMARY KEY a SOURCE(CLICKHOUSE(DB 'db' TABLE"
                + " 'secret')) LAYOUT(FLAT()) LIFETIME(0)",
            "CREATE TABLE mine.a ENGINE = Memory AS SELECT * FROM db.secret",
            "INSERT INTO mine.x SELECT a FROM remote('127.0.0.1', db.secret)",
            "SELECT hasColumnInTable('db', 'secret', 's')")) {
      if (sql.startsWith("INSERT")) {
        own.run("CREATE TABLE mine.x (a Int8) ENGINE = Memory");
      }
      assertThatThrownBy(() -> own.run(sql)).as(sql).hasMessageContaining("Not enough privileges");
    }
    own.run("CREATE TABLE mine.m (a Int8) ENGINE = Merge('db', 'secret')");
    denied(own, "SELECT * FROM mine.m", "SELECT");
    denied(own, "CREATE VIEW mine.v SQL SECURITY NONE AS SELECT 1", "ALLOW SQL SECURITY NONE");
    denied(
        own, "CREATE VIEW mine.v DEFINER = nobody SQL SECURITY DEFINER AS SELECT 1", "SET DEFINER");
  }

  @Test
  void showGrantsIsNormalisedAsInClickHouse() {
    db.run("CREATE USER g");
    db.run("CREATE ROLE r1");
    db.run("CREATE ROLE r2");
    for (String s :
        List.of(
            "SELECT(b, a), INSERT(a), ALTER ON db.t",
            "SHOW ON *.*",
            "SELECT ON x.*",
            "SELECT ON pre*.*",
            "SELECT ON q.tab*",
            "CREATE USER ON team*",
            "S3 ON *.*",
            "NAMED COLLECTION ON nc",
            "SYSTEM ON *.*")) {
      db.run("GRANT " + s + " TO g");
    }
    db.run("GRANT INSERT ON y.* TO g WITH GRANT OPTION");
    db.run("GRANT r1, r2 TO g");
    db.run("REVOKE SELECT ON x.secret FROM g");
    assertThat(db.run("SHOW GRANTS FOR g"))
        .containsExactly(
            "GRANT SHOW, SYSTEM ON *.* TO g",
            "GRANT S3 ON *.* TO g",
            "GRANT ALTER TABLE, ALTER VIEW, SELECT(a, b), INSERT(a) ON db.t TO g",
            "GRANT NAMED COLLECTION ON nc TO g",
            "GRANT SELECT ON pre*.* TO g",
            "GRANT SELECT ON q.tab* TO g",
            "GRANT CREATE USER ON team* TO g",
            "GRANT SELECT ON x.* TO g",
            "REVOKE SELECT ON x.secret FROM g",
            "GRANT INSERT ON y.* TO g WITH GRANT OPTION",
            "GRANT r1, r2 TO g");
    db.run("CREATE USER h");
    db.run("GRANT ALL ON *.* TO h WITH GRANT OPTION");
    assertThat(db.run("SHOW GRANTS FOR h"))
        .containsExactly("GRANT ALL ON *.* TO h WITH GRANT OPTION");
    db.run("GRANT SELECT ON db.t TO h WITH REPLACE OPTION");
    assertThat(db.run("SHOW GRANTS FOR h")).containsExactly("GRANT SELECT ON db.t TO h");
  }

  @Test
  void grantOptionAndAdminOptionPassOn() {
    db.run("CREATE USER o1 IDENTIFIED BY 'p'");
    db.run("CREATE USER o2 IDENTIFIED BY 'p'");
    db.run("CREATE ROLE passed");
    db.run("GRANT SELECT ON db.t TO o1 WITH GRANT OPTION");
    db.run("GRANT INSERT ON db.u TO o1");
    db.run("GRANT passed TO o1 WITH ADMIN OPTION");
    var o1 = db.as("o1", "p");
    o1.run("GRANT SELECT(a) ON db.t TO o2");
    o1.run("GRANT passed TO o2");
    assertThatThrownBy(() -> o1.run("GRANT INSERT ON db.u TO o2"))
        .hasMessage(
            "o1: Not enough privileges. The required privileges have been granted, but without"
                + " grant option. To execute this query, it's necessary to have the grant INSERT ON"
                + " db.u WITH GRANT OPTION");
    o1.run("GRANT CURRENT GRANTS ON *.* TO o2");
    assertThat(db.run("SHOW GRANTS FOR o2"))
        .containsExactly("GRANT SELECT ON db.t TO o2", "GRANT passed TO o2");
    var o2 = db.as("o2", "p");
    assertThatThrownBy(() -> o2.run("GRANT passed TO nobody")).hasMessageContaining("ADMIN");
  }

  @Test
  void rolesAreChosenAndDefault() {
    db.run("CREATE USER s IDENTIFIED BY 'p'");
    db.run("CREATE ROLE reads");
    db.run("CREATE ROLE writes");
    db.run("GRANT SELECT ON db.u TO reads");
    db.run("GRANT INSERT ON db.u TO writes");
    db.run("GRANT reads, writes TO s");
    db.run("SET DEFAULT ROLE reads TO s");
    var s = db.as("s", "p");
    assertThat(s.run("SHOW CURRENT ROLES")).containsExactly("reads\t0\t1");
    denied(s, "INSERT INTO db.u VALUES (1)", "INSERT");
    s.run("SET ROLE writes");
    denied(s, "SELECT * FROM db.u", "SELECT(x) ON db.u");
    s.run("SET ROLE ALL");
    assertThat(s.run("SELECT count() FROM db.u")).containsExactly("0");
    assertThatThrownBy(() -> s.run("SET ROLE r1")).hasMessageContaining("r1");
    db.run("REVOKE reads FROM s");
    denied(s, "SELECT * FROM db.u", "SELECT(x) ON db.u");
    db.run("DROP USER s");
    assertThatThrownBy(() -> s.run("SELECT 1")).hasMessage("s: User has been dropped");
  }

  @Test
  void profilesSetAndBoundSettings() {
    db.run(
        "CREATE SETTINGS PROFILE bounds SETTINGS max_threads = 4 MIN 1 MAX 8, max_block_size = 1000"
            + " CONST, SQL_tenant = 42 CONST");
    db.run("CREATE USER p IDENTIFIED BY 'p' SETTINGS PROFILE 'bounds'");
    var p = db.as("p", "p");
    assertThat(p.run("SELECT getSetting('SQL_tenant'), getSetting('max_block_size')"))
        .containsExactly("42\t1000");
    for (String s :
        List.of(
            "SET SQL_tenant = 1",
            "SELECT 1 SETTINGS SQL_tenant = 1",
            "SELECT * FROM (SELECT 1 SETTINGS SQL_tenant = 1)",
            "SET SQL_tenant = DEFAULT")) {
      assertThatThrownBy(() -> p.run(s))
          .as(s)
          .hasMessage("Setting SQL_tenant should not be changed");
    }
    assertThatThrownBy(() -> p.run("SET max_threads = 9"))
        .hasMessage("Setting max_threads shouldn't be greater than 8");
    p.run("SET max_threads = 8");
  }

  @Test
  void quotaCountsAreExactUnderConcurrency() throws Exception {
    db.run("CREATE USER q IDENTIFIED BY 'p'");
    db.run("CREATE QUOTA q FOR INTERVAL 1 year MAX queries = 100 TO q");
    var passed = new AtomicInteger();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        pool.submit(() -> {
          var q = db.as("q", "p");
          for (int k = 0; k < 40; k++) {
            try {
              q.run("SELECT 1");
              passed.incrementAndGet();
            } catch (io.longhouse.sql.LonghouseException e) {
              assertThat(e.code()).isEqualTo(201);
            }
          }
        });
      }
    }
    assertThat(passed).hasValue(100);
    assertThatThrownBy(() -> db.as("q", "p").run("SELECT 1"))
        .hasMessageStartingWith(
            "Quota for user `q` for 31556952s has been exceeded: queries = 321/100");
  }

  @Test
  void readRowsStopAQueryWithinABlock() {
    db.run("CREATE USER rr IDENTIFIED BY 'p'");
    db.run("CREATE QUOTA rr FOR INTERVAL 1 year MAX read_rows = 1000000 TO rr");
    var rr = db.as("rr", "p");
    assertThatThrownBy(() -> rr.run("SELECT sum(number) FROM numbers(10000000000)"))
        .hasMessageContaining("has been exceeded: read_rows = ");
    assertThatThrownBy(() -> rr.run("SELECT sum(number) FROM numbers(100)"))
        .hasMessageContaining("has been exceeded: read_rows = ");
  }

  @Test
  void passwordsAreNotShown() {
    assertThatThrownBy(() -> db.run("CREATE USER z IDENTIFIED BY 'hunter2' NONSENSE"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    db.run("CREATE USER z IDENTIFIED WITH plaintext_password BY 'hunter2'");
    for (String sql :
        List.of(
            "SHOW CREATE USER z",
            "SHOW ACCESS",
            "SELECT * FROM system.users",
            "SELECT * FROM system.server_settings")) {
      assertThat(db.run(sql).toString()).doesNotContain("hunter2");
    }
  }
}
