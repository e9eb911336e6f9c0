package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    acme.run("INSERT INTO b (s) VALUES ('b')");
    db.run("OPTIMIZE TABLE b");
    acme.run("INSERT INTO mv (s) VALUES ('m')");
    acme.run("INSERT INTO al (s) VALUES ('l')");
    assertThat(own()).containsExactlyInAnyOrder("1\t5\tb", "1\t5\tl", "1\t5\tm");
    // The owner's view writes what the owner wants.
    acme.run("INSERT INTO src VALUES (3, 'through')");
    assertThat(db.run("SELECT s FROM t WHERE tenant = 3")).containsExactly("through");
    db.run("DELETE FROM t WHERE tenant = 3");
  }

  @Test
  void anInsertSaysNothingOfOthersParts() {
    db.run(
        "CREATE TABLE n (tenant UInt32) ENGINE = MergeTree ORDER BY tenant SETTINGS"
            + " parts_to_throw_insert = 2");
    db.run("SYSTEM STOP MERGES n");
    db.run("INSERT INTO n VALUES (2)");
    db.run("CREATE ROW POLICY p ON n USING tenant = 1 TO acme");
    acme.run("INSERT INTO n VALUES (1)");
    assertThatThrownBy(() -> acme.run("INSERT INTO n VALUES (1)"))
        .hasMessageContaining("Too many parts in table 'default.n'")
        .hasMessageNotContaining("average");
    assertThatThrownBy(() -> db.run("INSERT INTO n VALUES (1)"))
        .hasMessageContaining("Too many parts (2 with average");
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

  @Test
  void mutationsTouchOnesOwnRowsOnly() {
    acme.run("INSERT INTO t (x, s) VALUES (1, 'v'), (2, 'v'), (3, 'v')");
    acme.run("ALTER TABLE t UPDATE s = concat(s, toString(d)), x = x * 10 WHERE x < 3");
    assertThat(own()).containsExactly("1\t3\tv", "1\t10\tv2", "1\t20\tv4");
    acme.run("ALTER TABLE t DELETE WHERE x = 3");
    acme.run("DELETE FROM t WHERE s = 'v2'");
    assertThat(own()).containsExactly("1\t20\tv4");
    acme.run("ALTER TABLE t UPDATE x = 7 IN PARTITION tuple() WHERE 1");
    acme.run("ALTER TABLE t DELETE IN PARTITION tuple() WHERE s = 'v4'");
    assertThat(db.run("SELECT x, s FROM t WHERE tenant = 1")).containsExactly("7\ta");
    acme.run("DELETE FROM t WHERE 1");
    assertThat(db.run("SELECT count() FROM t")).containsExactly("2");
  }

  @Test
  void nothingOfAMutationRunsOnHiddenRows() {
    for (String condition :
        List.of(
            "throwIf(tenant = 2) = 0 AND 0",
            "throwIf(s = 'BETA') OR 0",
            "intDiv(1, tenant - 2) = 7",
            "toUInt32OrZero(s) = 1 + throwIf(tenant = 2)",
            "has(arrayMap(v -> throwIf(v = 20), [x]), 1)",
            "0 = throwIf(x IN (20, 21)) AND 0")) {
      acme.run("ALTER TABLE t DELETE WHERE " + condition);
      acme.run("ALTER TABLE t UPDATE x = x WHERE " + condition);
      acme.run("DELETE FROM t WHERE " + condition);
    }
    acme.run("ALTER TABLE t UPDATE x = x + throwIf(tenant = 2) WHERE 1");
    acme.run(
        "ALTER TABLE t UPDATE x = x, s = s WHERE x IN (SELECT x FROM t WHERE throwIf(x = 20) = 0)");
    assertThat(db.run("SELECT x, s FROM t WHERE tenant = 1")).containsExactly("10\ta");
    assertThatThrownBy(() -> acme.run("ALTER TABLE t DELETE WHERE x IN (SELECT tenant, x FROM t)"))
        .hasMessageContaining("Number of columns in section IN doesn't match");
    acme.run("ALTER TABLE t UPDATE x = (SELECT count() FROM t) WHERE exists(SELECT 1 FROM t)");
    assertThat(db.run("SELECT x FROM t WHERE tenant = 1")).containsExactly("1");
    assertThat(db.run("SELECT command FROM system.mutations WHERE command LIKE '%count()%'"))
        .isEmpty();
    assertThat(
            db.run(
                "SELECT command FROM system.mutations WHERE table = 't' ORDER BY create_time,"
                    + " mutation_id LIMIT 1"))
        .first()
        .asString()
        .contains("tenant = CAST(1, 'UInt32')")
        .doesNotContain("getSetting");
  }

  @Test
  void partsOfOthersAreNotWrittenAnew() throws IOException {
    db.run(
        "CREATE TABLE big (tenant UInt32, x Int64) ENGINE = MergeTree ORDER BY tenant SETTINGS"
            + " min_bytes_for_wide_part = 0");
    db.run("CREATE TABLE small (tenant UInt32, x Int64) ENGINE = MergeTree ORDER BY tenant");
    for (String t : List.of("big", "small")) {
      db.run("SYSTEM STOP MERGES " + t);
      db.run("INSERT INTO " + t + " SELECT 2, number FROM numbers(30000)");
      db.run("INSERT INTO " + t + " SELECT number < 10000 ? 1 : 3, number FROM numbers(30000)");
      db.run("CREATE ROW POLICY p ON " + t + " USING tenant = 1 TO acme");
      db.run("SYSTEM START MERGES " + t);
      Object neighbours = file(t);
      for (String sql :
          List.of(
              "DELETE FROM " + t + " WHERE x % 2 = 0",
              "ALTER TABLE " + t + " UPDATE x = -x WHERE x % 3 = 0",
              "ALTER TABLE " + t + " DELETE WHERE x % 5 = 0")) {
        acme.run(sql);
      }
      assertThat(file(t)).isEqualTo(neighbours);
      assertThat(acme.run("SELECT count(), sum(x) FROM " + t)).containsExactly("4000\t6653336");
      assertThat(
              db.run(
                  "SELECT tenant, count(), sum(x) FROM "
                      + t
                      + " WHERE tenant > 1 GROUP BY 1 ORDER BY 1"))
          .containsExactly("2\t30000\t449985000", "3\t20000\t399990000");
      db.run("ALTER TABLE " + t + " DELETE WHERE tenant = 2 SETTINGS mutations_sync = 1");
      assertThat(db.run("SELECT count() FROM " + t)).containsExactly("24000");
      db.run("CHECK TABLE " + t);
    }
  }

  /** Which file the first part's values are in, whatever its name. */
  private Object file(String table) throws IOException {
    String part =
        db.run(
                "SELECT path FROM system.parts WHERE active AND table = '"
                    + table
                    + "' ORDER BY min_block_number LIMIT 1")
            .getFirst();
    Path wide = Path.of(part, "x.bin");
    Path file = Files.exists(wide) ? wide : Path.of(part, "data.bin");
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Test
  void aFailingMutationIsGivenUpAndHoldsUpNobody() {
    assertThatThrownBy(() -> acme.run("ALTER TABLE t UPDATE x = throwIf(x = 10) WHERE 1"))
        .hasMessageContaining("The mutation failed and was given up. Reason: Code: 395")
        .hasMessageNotContaining("all_");
    assertThat(db.run("SELECT count() FROM system.mutations WHERE NOT is_done"))
        .containsExactly("0");
    db.run("ALTER TABLE t UPDATE x = x WHERE 1 SETTINGS mutations_sync = 1");
    db.run("ALTER TABLE t UPDATE s = 'BETA' WHERE tenant = 2");
    acme.run("ALTER TABLE t UPDATE x = 11 WHERE 1");
    List<String> seen =
        acme.run("SELECT command, parts_to_do, is_done, mutation_id FROM system.mutations");
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst())
        .contains("UPDATE x = 11")
        .contains("\t0\t")
        .doesNotContain("_4.txt");
    db.run("GRANT ALTER UPDATE, ALTER DELETE ON default.t TO acme");
    assertThat(acme.run("KILL MUTATION WHERE table = 't' TEST")).hasSize(1);
  }

  @Test
  void aRowIsNotTakenOutOfThePolicy() {
    refused(acme, "ALTER TABLE t UPDATE tenant = 2 WHERE 1", "read `tenant`, whose new value");
  }

  @Test
  void statementsAboutAllRowsNeedTheOwner() {
    db.run(
        "CREATE TABLE mine (tenant UInt32, x Int64 DEFAULT 5, s String, d Int64 ALIAS x * 2) ENGINE"
            + " = MergeTree ORDER BY tenant");
    db.run("CREATE MATERIALIZED VIEW mv TO t AS SELECT tenant, s FROM mine");
    String why = "Row policies hide rows of default.t from this user";
    for (String sql :
        List.of(
            "OPTIMIZE TABLE t FINAL",
            "OPTIMIZE TABLE mv FINAL",
            "TRUNCATE TABLE t",
            "TRUNCATE TABLE mv",
            "DROP TABLE t",
            "DETACH TABLE t",
            "RENAME TABLE t TO z",
            "EXCHANGE TABLES mine AND t",
            "CREATE OR REPLACE TABLE t (a Int8) ENGINE = Memory",
            "CREATE TABLE z CLONE AS t",
            "CREATE MATERIALIZED VIEW z ENGINE = Memory AS SELECT throwIf(1) FROM t",
            "CREATE INDEX i ON t (x) TYPE minmax",
            "ALTER TABLE t DROP PARTITION tuple()",
            "ALTER TABLE t DETACH PARTITION tuple()",
            "ALTER TABLE t ATTACH PARTITION tuple()",
            "ALTER TABLE t FREEZE",
            "ALTER TABLE mine ATTACH PARTITION tuple() FROM t",
            "ALTER TABLE mine REPLACE PARTITION tuple() FROM t",
            "ALTER TABLE t REPLACE PARTITION tuple() FROM mine",
            "ALTER TABLE t MOVE PARTITION tuple() TO TABLE mine",
            "ALTER TABLE mine MOVE PARTITION tuple() TO TABLE t",
            "ALTER TABLE t ADD COLUMN z Int8",
            "ALTER TABLE t DROP COLUMN s",
            "ALTER TABLE t CLEAR COLUMN s",
            "ALTER TABLE t MODIFY COLUMN x String",
            "ALTER TABLE t MATERIALIZE COLUMN x",
            "ALTER TABLE t ADD INDEX i x TYPE minmax",
            "ALTER TABLE t ADD CONSTRAINT c CHECK x != 20",
            "ALTER TABLE t MODIFY TTL toDate(x)",
            "ALTER TABLE t MODIFY SETTING max_parts_to_merge_at_once = 1",
            "ALTER TABLE t APPLY DELETED MASK",
            "CHECK TABLE t",
            "BACKUP TABLE t TO Disk('a', 'b')",
            "SYSTEM STOP MERGES t")) {
      refused(acme, sql, why);
    }
    db.run("GRANT DROP DATABASE, SYSTEM MERGES, CHECK, CREATE DATABASE ON *.* TO acme");
    for (String sql :
        List.of(
            "DROP DATABASE default",
            "CHECK ALL TABLES",
            "SYSTEM STOP MERGES",
            "RENAME DATABASE default TO z")) {
      refused(acme, sql, why);
    }
    db.run("CREATE TABLE al ENGINE = Alias(default, t)");
    acme.run("DROP TABLE al");
    acme.run("DROP TABLE mine");
    assertThat(db.run("SELECT count() FROM t")).containsExactly("3");
  }

  @Test
  void noTableIsMadeOfAnothersFiles(@TempDir Path folder) {
    try (var kept = new Statements(EngineConfig.at(folder))) {
      kept.run("CREATE TABLE t (a Int64) ENGINE = MergeTree ORDER BY a");
      kept.run("INSERT INTO t VALUES (1)");
      String uuid = kept.run("SELECT uuid FROM system.tables WHERE name = 't'").getFirst();
      kept.run("CREATE USER u IDENTIFIED BY 'p'");
      kept.run("GRANT ALL ON default.* TO u");
      var u = kept.as("u", "p");
      String made = " TABLE mine UUID '" + uuid + "' (a Int64) ENGINE = MergeTree ORDER BY a";
      for (String verb : List.of("CREATE", "ATTACH")) {
        assertThatThrownBy(() -> u.run(verb + made)).hasMessageContaining("exists: default.t");
      }
      kept.run("DETACH TABLE t PERMANENTLY");
      assertThatThrownBy(() -> u.run("CREATE" + made)).hasMessageContaining("There are data");
      assertThatThrownBy(() -> u.run("ATTACH" + made)).hasMessageContaining("CREATE ROW POLICY");
      kept.run("ATTACH" + made);
      assertThat(kept.run("SELECT * FROM mine")).containsExactly("1");
    }
  }

  @Test
  void aMutationGoesOnForItsAuthorAloneAfterAStart(@TempDir Path folder) {
    for (int start = 0; start < 2; start++) {
      var kept = new Statements(EngineConfig.at(folder));
      if (start == 0) {
        kept.run("CREATE TABLE m (owner String, x Int64) ENGINE = MergeTree ORDER BY owner");
        kept.run("INSERT INTO m VALUES ('u', 1), ('v', 1)");
        kept.run("CREATE USER u IDENTIFIED BY 'p'");
        kept.run("GRANT SELECT, ALTER UPDATE, ALTER DELETE ON m TO u");
        kept.run("CREATE ROW POLICY p ON m USING owner = currentUser() TO u");
        kept.run("SYSTEM STOP MERGES m");
        for (String value : List.of("x + 1", "throwIf(x = 2) + x", "x + 10")) {
          assertThatThrownBy(() ->
                  kept.as("u", "p")
                      .run(
                          "ALTER TABLE m UPDATE x = "
                              + value
                              + " WHERE 1 SETTINGS"
                              + " max_execution_time = 0.2"))
              .hasMessageContaining("Timeout exceeded");
        }
        assertThat(kept.run("SELECT count() FROM system.mutations WHERE NOT is_done"))
            .containsExactly("3");
      } else {
        kept.run("ALTER TABLE m UPDATE x = x WHERE 0 SETTINGS mutations_sync = 1");
        assertThat(kept.run("SELECT owner, x FROM m ORDER BY owner"))
            .containsExactly("u\t12", "v\t1");
        assertThat(kept.as("u", "p").run("SELECT count() FROM system.mutations"))
            .containsExactly("2");
      }
      kept.close();
    }
  }
}
