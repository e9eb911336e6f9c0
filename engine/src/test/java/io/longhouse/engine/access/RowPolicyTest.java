package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two tenants in one table: nothing that one writes tells of the other's rows. */
class RowPolicyTest {
  private static Statements db;
  private static Statements acme;

  @BeforeAll
  static void open() {
    db = new Statements(EngineConfig.inMemory());
    for (String engine :
        List.of(
            "t:MergeTree ORDER BY tenant", "m:Memory", "f:ReplacingMergeTree ORDER BY tenant")) {
      String table = engine.substring(0, 1);
      db.run(
          "CREATE TABLE "
              + table
              + " (tenant UInt32, x Int64, secret String, y Int64 ALIAS x * 2) ENGINE = "
              + engine.substring(2));
      db.run("INSERT INTO " + table + " VALUES (1, 10, 'a'), (1, 11, 'b'), (2, 20, 'BETA')");
      db.run("INSERT INTO " + table + " VALUES (2, 21, 'BETA')");
    }
    db.run("CREATE TABLE b AS t ENGINE = Buffer(default, t, 1, 10, 100, 10000, 1000000, 1, 1)");
    db.run("CREATE VIEW v AS SELECT * FROM t");
    db.run("CREATE MATERIALIZED VIEW mv TO t AS SELECT * FROM m");
    db.run("CREATE USER acme IDENTIFIED BY 'p'");
    db.run("GRANT SELECT ON default.* TO acme");
    for (String table : List.of("t", "m", "f")) {
      db.run("CREATE ROW POLICY p ON " + table + " USING tenant = 1 TO acme");
    }
    acme = db.as("acme", "p");
  }

  @AfterAll
  static void close() {
    acme.close();
    db.close();
  }

  @Test
  void everyWayToReadGivesOnesOwnRowsOnly() {
    for (String from :
        List.of(
            "t",
            "m",
            "b",
            "v",
            "mv",
            "default.t",
            "t AS z",
            "(SELECT * FROM t)",
            "merge('default', '^t$')",
            "view(SELECT * FROM t)")) {
      assertThat(acme.run("SELECT x FROM " + from + " ORDER BY x"))
          .as(from)
          .containsExactly("10", "11");
      assertThat(acme.run("SELECT count() FROM " + from)).as(from).containsExactly("2");
      assertThat(acme.run("SELECT min(x), max(x), sum(x) FROM " + from))
          .as(from)
          .containsExactly("10\t11\t21");
      assertThat(acme.run("SELECT count() FROM " + from + " WHERE secret = 'BETA'"))
          .as(from)
          .containsExactly("0");
    }
    assertThat(acme.run("SELECT x FROM loop(t) LIMIT 4")).containsExactly("10", "11", "10", "11");
    assertThat(acme.run("SELECT tenant FROM f FINAL")).containsExactly("1");
    assertThat(acme.run("SELECT tenant FROM f FINAL PREWHERE tenant > 0")).containsExactly("1");
    assertThat(acme.run("SELECT max(y) FROM t")).containsExactly("22");
    assertThat(acme.run("SELECT count() FROM t AS a JOIN t AS b ON a.x + 10 = b.x"))
        .containsExactly("0");
    assertThat(acme.run("SELECT count() FROM t WHERE x IN (SELECT x FROM t WHERE tenant = 2)"))
        .containsExactly("0");
    assertThat(acme.run("SELECT (SELECT max(x) FROM t)")).containsExactly("11");
    assertThat(acme.run("SELECT max(x) FROM (SELECT x FROM t UNION ALL SELECT x FROM m)"))
        .containsExactly("11");
    assertThat(acme.run("SELECT x FROM t ORDER BY x DESC LIMIT 1")).containsExactly("11");
  }

  @Test
  void noExpressionOfTheReaderSeesAHiddenRow() {
    for (String from : List.of("t", "m", "b", "v", "merge('default', '^t$')")) {
      for (String condition :
          List.of(
              "throwIf(tenant = 2) = 0",
              "throwIf(secret = 'BETA') = 0 AND 1",
              "intDiv(1, tenant - 2) < 5",
              "NOT throwIf(tenant = 2) OR 0",
              "toInt8(x * 6) > 0 OR 1",
              "toUInt8OrZero(secret) = throwIf(tenant = 2)")) {
        assertThat(acme.run("SELECT count() FROM " + from + " WHERE " + condition))
            .as(from + " " + condition)
            .containsExactly("2");
      }
    }
    assertThat(acme.run("SELECT count() FROM t PREWHERE throwIf(tenant = 2) = 0"))
        .containsExactly("2");
    assertThat(acme.run("SELECT sum(throwIf(tenant = 2)) FROM t")).containsExactly("0");
    assertThat(
            acme.run(
                "SELECT count() FROM t WHERE throwIf(tenant = 2) = 0 SETTINGS"
                    + " short_circuit_function_evaluation = 'disable'"))
        .containsExactly("2");
    assertThat(
            acme.run(
                "SELECT count() FROM t SETTINGS additional_table_filters = {'t':"
                    + " 'throwIf(tenant = 2) = 0'}"))
        .containsExactly("2");
  }

  @Test
  void whatIsCountedElsewhereIsHidden() {
    assertThat(acme.run("SELECT total_rows FROM system.tables WHERE name = 't'"))
        .containsExactly("\\N");
    assertThat(acme.run("EXPLAIN ESTIMATE SELECT * FROM t")).isEmpty();
    db.run("GRANT SELECT ON system.* TO acme");
    assertThat(acme.run("SELECT count() FROM system.parts WHERE table = 't'")).containsExactly("0");
    db.run("REVOKE SELECT ON system.* FROM acme");
  }

  @Test
  void aTableWithPoliciesIsClosedToOthersAndOpenToItsOwner() {
    db.run("CREATE USER other IDENTIFIED BY 'p'");
    db.run("GRANT SELECT ON default.* TO other");
    assertThat(db.as("other", "p").run("SELECT count() FROM t")).containsExactly("0");
    db.run("GRANT CREATE ROW POLICY ON default.t TO other");
    assertThat(db.as("other", "p").run("SELECT count() FROM t")).containsExactly("4");
    assertThat(db.run("SELECT count() FROM t")).containsExactly("4");
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
    open.run("INSERT INTO t VALUES (1)");
    open.run("CREATE USER u IDENTIFIED BY 'p'");
    open.run("CREATE USER w IDENTIFIED BY 'p'");
    open.run("GRANT SELECT ON t TO u, w");
    open.run("CREATE ROW POLICY p ON t USING a = 2 TO u");
    assertThat(open.as("u", "p").run("SELECT * FROM t")).isEmpty();
    assertThat(open.as("w", "p").run("SELECT * FROM t")).containsExactly("1");
    open.close();
  }

  @Test
  void policiesAreOredRestrictedAndMeantForRolesSettingsAndDatabases() {
    db.run("CREATE DATABASE d");
    db.run("CREATE TABLE d.t (a UInt8, u String) ENGINE = MergeTree ORDER BY a");
    db.run("INSERT INTO d.t VALUES (1, 'x'), (2, 'y'), (3, 'x'), (4, 'ro')");
    db.run("CREATE ROLE members");
    db.run("CREATE USER ro IDENTIFIED BY 'p' SETTINGS SQL_min = 2 CONST");
    db.run("GRANT SELECT ON d.* TO members");
    db.run("GRANT members TO ro");
    var ro = db.as("ro", "p");
    assertThat(ro.run("SELECT count() FROM d.t")).containsExactly("4");
    db.run("CREATE ROW POLICY a ON d.t USING a = 1 TO members");
    assertThat(ro.run("SELECT a FROM d.t")).containsExactly("1");
    db.run("CREATE ROW POLICY b ON d.t USING u = currentUser() TO ALL EXCEPT default");
    assertThat(ro.run("SELECT a FROM d.t ORDER BY a")).containsExactly("1", "4");
    db.run("CREATE ROW POLICY c ON d.* AS RESTRICTIVE USING a >= getSetting('SQL_min') TO members");
    assertThat(ro.run("SELECT a FROM d.t ORDER BY a")).containsExactly("4");
    assertThatThrownBy(() -> ro.run("SELECT a FROM d.t SETTINGS SQL_min = 0"))
        .hasMessage("Setting SQL_min should not be changed");
    db.run("DROP ROW POLICY b ON d.t");
    assertThat(ro.run("SELECT a FROM d.t")).isEmpty();
    db.run("ALTER ROW POLICY a ON d.t USING a = 3");
    assertThat(ro.run("SELECT a FROM d.t")).containsExactly("3");
    assertThat(db.run("SHOW CREATE ROW POLICY c ON d.*"))
        .containsExactly(
            "CREATE ROW POLICY c ON d.* AS RESTRICTIVE FOR SELECT USING a >="
                + " getSetting('SQL_min') TO members");
  }

  @Test
  void aPolicyUsesThePrimaryKey() {
    db.run(
        "CREATE TABLE big (tenant UInt32, name LowCardinality(String), x UInt32) ENGINE = MergeTree"
            + " ORDER BY (tenant, name)");
    db.run("INSERT INTO big SELECT number, toString(number), number FROM numbers(100000)");
    db.run(
        "CREATE TABLE named (name String, x UInt32) ENGINE = MergeTree ORDER BY name PARTITION BY x"
            + " % 2");
    db.run("INSERT INTO named SELECT toString(number + 100000), number FROM numbers(100000)");
    db.run("INSERT INTO named VALUES ('keyed', 5)");
    db.run(
        "CREATE USER keyed IDENTIFIED BY 'p' SETTINGS SQL_id = 5 CONST, SQL_text = '5' CONST,"
            + " SQL_low = 3");
    db.run("GRANT SELECT ON default.* TO keyed");
    var keyed = db.as("keyed", "p");
    for (String using :
        List.of(
            "tenant = 5",
            "tenant = getSetting('SQL_id')",
            "tenant = toUInt32(getSetting('SQL_id'))",
            "tenant = toUInt32(getSetting('SQL_text'))",
            "tenant = CAST(getSetting('SQL_text') AS UInt64)",
            "tenant IN (5, 5)",
            "tenant IN (toUInt32(getSetting('SQL_text')))",
            "tenant >= getSetting('SQL_id') AND tenant < getSetting('SQL_id') + 1",
            "tenant BETWEEN 5 AND 5",
            "tenant = 5 AND name = getSetting('SQL_text')",
            "name = getSetting('SQL_text') AND tenant < 10",
            "toString(tenant) = getSetting('SQL_text') AND tenant = 5",
            "5 = tenant",
            "(tenant = 5 OR tenant = 200000)")) {
      db.run("CREATE ROW POLICY OR REPLACE k ON big USING " + using + " TO keyed");
      assertThat(keyed.run("SELECT x FROM big")).as(using).containsExactly("5");
      assertThat(granules(keyed, "SELECT sum(x) FROM big")).as(using).isEqualTo(1);
      assertThat(granules(keyed, "SELECT sum(x) FROM big WHERE tenant > 90000")).isZero();
    }
    db.run("CREATE ROW POLICY OR REPLACE k ON big USING 1 TO keyed");
    assertThat(granules(keyed, "SELECT sum(x) FROM big WHERE tenant = 5")).isZero();
    db.run("CREATE ROW POLICY n ON named USING name = currentUser() TO keyed");
    assertThat(keyed.run("SELECT x FROM named")).containsExactly("5");
    assertThat(granules(keyed, "SELECT sum(x) FROM named")).isEqualTo(1);
    db.run("CREATE DATABASE wide");
    db.run("CREATE TABLE wide.big AS big");
    db.run("INSERT INTO wide.big SELECT * FROM big");
    db.run("GRANT SELECT ON wide.* TO keyed");
    db.run("CREATE ROW POLICY all ON wide.* USING 1 TO keyed");
    db.run(
        "CREATE ROW POLICY one ON wide.big AS RESTRICTIVE USING tenant = getSetting('SQL_id') TO"
            + " keyed");
    assertThat(keyed.run("SELECT x FROM wide.big")).containsExactly("5");
    assertThat(granules(keyed, "SELECT sum(x) FROM wide.big")).isEqualTo(1);
    db.run("CREATE ROW POLICY OR REPLACE k ON big USING tenant = 5 TO keyed");
    assertThat(String.join("\n", keyed.run("EXPLAIN indexes = 1 SELECT sum(x) FROM big")))
        .contains("Condition: (tenant in [5, 5])")
        .doesNotContain("Granules");
  }

  /** How many granules a query selects below its policies. */
  private static long granules(Statements session, String sql) {
    return session.hiddenEvents(sql).getOrDefault("SelectedMarks", 0L);
  }
}
