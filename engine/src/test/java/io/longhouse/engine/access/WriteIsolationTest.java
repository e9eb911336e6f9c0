package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two tenants in one table: what one writes is its own, and the other's rows stay as they are. */
class WriteIsolationTest {
  private Statements db;
  private Statements acme;

  @BeforeEach
  void open() {
    db = new Statements(EngineConfig.inMemory());
    db.run(
        "CREATE TABLE t (tenant UInt32, x Int64 DEFAULT 5, s String, d Int64 ALIAS x * 2) ENGINE ="
            + " MergeTree ORDER BY tenant");
    db.run("INSERT INTO t (tenant, x, s) VALUES (1, 10, 'a'), (2, 20, 'BETA'), (2, 21, 'BETA')");
    db.run("CREATE USER acme IDENTIFIED BY 'p' SETTINGS SQL_tenant = '1' CONST");
    db.run(
        "GRANT SELECT, INSERT, ALTER, OPTIMIZE, TRUNCATE, DROP TABLE, CREATE TABLE, CREATE VIEW,"
            + " CHECK, BACKUP, SYSTEM ON default.* TO acme");
    db.run("GRANT READ, WRITE ON REMOTE TO acme");
    db.run("CREATE ROW POLICY base ON t USING 1 TO acme");
    db.run(
        "CREATE ROW POLICY own ON t AS RESTRICTIVE USING tenant ="
            + " toUInt32(getSetting('SQL_tenant')) TO acme");
    acme = db.as("acme", "p");
  }

  @AfterEach
  void close() {
    assertThat(db.run("SELECT tenant, x, s FROM t WHERE tenant != 1 ORDER BY x"))
        .as("the rows of others")
        .containsExactly("2\t20\tBETA", "2\t21\tBETA");
    acme.close();
    db.close();
  }

  private static void refused(Statements who, String sql, String why) {
    assertThatThrownBy(() -> who.run(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            LonghouseException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(497))
        .hasMessageContaining(why);
  }

  private void insert(String sql, String data) {
    acme.insert(sql, Map.of(), new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> own() {
    return db.run("SELECT tenant, x, s FROM t WHERE tenant = 1 AND s != 'a' ORDER BY x");
  }

  @Test
  void whatIsLeftOutIsFilledFromThePolicy() {
    acme.run("INSERT INTO t (x, s) VALUES (1, 'v')");
    acme.run("INSERT INTO t (s) SELECT 'w'");
    acme.run("INSERT INTO t (tenant, x, s) SELECT NULL, 2, 'n'");
    insert("INSERT INTO t FORMAT JSONEachRow", "{\"x\": 3, \"s\": \"j\"}\n{\"s\": \"k\"}");
    insert("INSERT INTO t (s, x) FORMAT CSV", "c,4\n");
    insert("INSERT INTO t FORMAT TSKV", "x=6\ts=t\n");
    acme.run("INSERT INTO t (* EXCEPT tenant) VALUES (7, 'e')");
    assertThat(own())
        .containsExactlyInAnyOrder(
            "1\t1\tv", "1\t2\tn", "1\t3\tj", "1\t4\tc", "1\t5\tw", "1\t5\tk", "1\t6\tt", "1\t7\te");
  }

  @Test
  void aForeignRowIsRefusedWithTheWholeInsert() {
    String why = "does not satisfy the row policies of default.t";
    refused(
        acme, "INSERT INTO t (tenant, s) VALUES (1, 'v'), (2, 'v')", "Row 2 of the INSERT " + why);
    refused(acme, "INSERT INTO t (tenant, s) VALUES (0, 'v')", "Row 1 of the INSERT " + why);
    refused(acme, "INSERT INTO t (tenant, s) SELECT number, 'v' FROM numbers(1, 3)", why);
    assertThatThrownBy(
            () -> insert("INSERT INTO t FORMAT JSONEachRow", "{\"tenant\": 1}\n{\"tenant\": 2}"))
        .hasMessageContaining("Row 2 of the INSERT " + why);
    assertThat(own()).isEmpty();
    acme.run("INSERT INTO t (tenant, s) VALUES (1, 'v')");
    assertThat(own()).containsExactly("1\t5\tv");
    db.run("INSERT INTO t (tenant, x, s) VALUES (3, 1, 'owner')");
    db.run("DELETE FROM t WHERE tenant = 3");
  }

  @Test
  void whoeverHasNoPolicyWritesNothing() {
    db.run("CREATE USER other IDENTIFIED BY 'p'");
    db.run("GRANT INSERT ON default.t TO other");
    var other = db.as("other", "p");
    refused(other, "INSERT INTO t (tenant) VALUES (1)", "no row policy of default.t is for this");
    db.run("CREATE ROW POLICY nothing ON t USING tenant = NULL TO other");
    refused(other, "INSERT INTO t (tenant) VALUES (1)", "Row 1 of");
    db.run("GRANT CREATE ROW POLICY ON default.t TO other");
    other.run("INSERT INTO t (tenant) VALUES (1)");
    var open =
        new Statements(
            new EngineConfig(
                null,
                0,
                0,
                null,
                Map.of(),
                Map.of(),
                Map.of("users_without_row_policies_can_read_rows", "1")));
    open.run("CREATE TABLE t (a UInt8) ENGINE = Memory");
    open.run("CREATE USER w IDENTIFIED BY 'p'");
    open.run("GRANT INSERT ON t TO w");
    open.run("CREATE ROW POLICY p ON t USING a = 2 TO default");
    open.as("w", "p").run("INSERT INTO t VALUES (1)");
    assertThat(open.run("SELECT count() FROM merge('default', '^t$')")).hasSize(1);
    open.close();
  }

  @Test
  void noDetourLeadsAroundThePolicy() {
    db.run("CREATE TABLE b AS t ENGINE = Buffer(default, t, 1, 10, 100, 10000, 1000000, 1, 1)");
    db.run("CREATE TABLE narrow (x Int64) ENGINE = Buffer(default, t, 1, 1, 1, 1, 1, 1, 1)");
    db.run("CREATE TABLE al ENGINE = Alias(default, t)");
    db.run("CREATE TABLE src (tenant UInt32, s String) ENGINE = Null");
    db.run("CREATE MATERIALIZED VIEW mv TO t AS SELECT tenant, s FROM src");
    db.run("CREATE TABLE shown (tenant UInt32, s String) ENGINE = Null");
    db.run("CREATE MATERIALIZED VIEW inv TO t SQL SECURITY INVOKER AS SELECT tenant, s FROM shown");
    String why = "of the INSERT does not satisfy the row policies of default.t";
    refused(acme, "INSERT INTO b (tenant, s) VALUES (2, 'f')", why);
    refused(acme, "INSERT INTO narrow VALUES (2)", "reads `tenant`, of which nothing is known");
    refused(acme, "INSERT INTO mv (tenant, s) VALUES (2, 'f')", why);
    refused(acme, "INSERT INTO al (tenant, s) VALUES (2, 'f')", why);
    refused(acme, "INSERT INTO shown VALUES (2, 'f')", why);
    refused(
        acme,
        "INSERT INTO FUNCTION remote('127.0.0.1', 'default', 't') (tenant, s) VALUES (2, 'f')",
        why);
    acme.run("INSERT INTO b (s) VALUES ('b')");
    db.run("OPTIMIZE TABLE b");
    acme.run("INSERT INTO mv (s) VALUES ('m')");
    acme.run("INSERT INTO al (s) VALUES ('l')");
    acme.run("INSERT INTO FUNCTION remote('127.0.0.1', 'default', 't') (s) VALUES ('r')");
    assertThat(own()).containsExactlyInAnyOrder("1\t5\tb", "1\t5\tl", "1\t5\tm", "1\t0\tr");
    // The owner's view writes what the owner wants.
    acme.run("INSERT INTO src VALUES (3, 'through')");
    assertThat(db.run("SELECT s FROM t WHERE tenant = 3")).containsExactly("through");
    db.run("DELETE FROM t WHERE tenant = 3");
  }

  @Test
  void anInsertReplacesNoHiddenRow() {
    db.run(
        "CREATE TABLE r (tenant UInt32, id UInt32, s String) ENGINE = ReplacingMergeTree ORDER BY"
            + " id");
    db.run("CREATE TABLE k AS r ENGINE = ReplacingMergeTree ORDER BY (tenant, id)");
    for (String t : List.of("r", "k")) {
      db.run("CREATE ROW POLICY p ON " + t + " USING tenant = 1 TO acme");
    }
    refused(acme, "INSERT INTO r VALUES (1, 5, 'x')", "a new row could take another's place");
    acme.run("INSERT INTO k (id, s) VALUES (5, 'x')");
    assertThat(db.run("SELECT * FROM k")).containsExactly("1\t5\tx");
  }

  @Test
  void valuesComeFromEveryFormOfAConstant() {
    db.run(
        "CREATE TABLE f (a LowCardinality(String), b Nullable(UUID), c Date, e Enum8('x' = 1, 'y' ="
            + " 2), al String ALIAS a) ENGINE = Memory");
    db.run(
        "CREATE ROW POLICY p ON f USING al = currentUser() AND b IN"
            + " ('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AND toString(c) = '2026-01-02' AND 'y' = e"
            + " TO acme");
    acme.run("INSERT INTO f (a) SELECT 'acme'");
    acme.run("INSERT INTO f (c) VALUES ('2026-01-02')");
    assertThat(db.run("SELECT DISTINCT a, b, c, e FROM f"))
        .containsExactly("acme\t61f0c404-5cb3-11e7-907b-a6006ad3dba0\t2026-01-02\ty");
    refused(acme, "INSERT INTO f (c) VALUES ('2026-01-03')", "Row 1 of the INSERT");
    refused(acme, "INSERT INTO f (a, b) VALUES ('acme', NULL)", "Row 1 of the INSERT");
  }
}
