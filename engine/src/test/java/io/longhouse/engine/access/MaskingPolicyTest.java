package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever a masking policy is for finds nothing of what is behind the mask. */
class MaskingPolicyTest {
  private static Statements db;
  private static Statements ann;

  @BeforeAll
  static void open() {
    db = new Statements(EngineConfig.inMemory());
    db.run(
        "CREATE TABLE p (email String, pay UInt32, n Nullable(String), dom String ALIAS"
            + " splitByChar('@', email)[2]) ENGINE = MergeTree ORDER BY email");
    db.run(
        "INSERT INTO p (email, pay, n) VALUES ('bob@x.org', 100, 'q'), ('eve@y.org', 900, NULL),"
            + " ('zoe@x.org', 500, 'r')");
    db.run("CREATE TABLE b AS p ENGINE = Buffer(default, p, 1, 10, 100, 10000, 1000000, 1, 1)");
    db.run("CREATE TABLE al ENGINE = Alias(default, p)");
    db.run("CREATE VIEW v AS SELECT * FROM p");
    db.run("CREATE ROLE analyst");
    db.run("CREATE USER ann IDENTIFIED BY 'p'");
    db.run("GRANT analyst TO ann");
    db.run(
        "GRANT SELECT, INSERT, ALTER, OPTIMIZE, TRUNCATE, DROP TABLE, CREATE TABLE, CREATE VIEW,"
            + " CREATE DICTIONARY ON default.* TO ann");
    db.run(
        "CREATE MASKING POLICY mail ON p UPDATE email = concat('***@', splitByChar('@', email)[2])"
            + " TO analyst");
    db.run(
        "CREATE MASKING POLICY pay ON default.p UPDATE pay = 0, n = 'hidden' WHERE pay > 400 TO"
            + " ann");
    ann = db.as("ann", "p");
  }

  @AfterAll
  static void close() {
    ann.close();
    db.close();
  }

  @Test
  void everyWayToReadShowsTheMask() {
    for (String from :
        List.of(
            "p",
            "b",
            "v",
            "al",
            "default.p",
            "p AS z",
            "(SELECT * FROM p)",
            "merge('default', '^p$')",
            "view(SELECT * FROM p)")) {
      assertThat(ann.run("SELECT email, pay, n FROM " + from + " ORDER BY ALL"))
          .as(from)
          .containsExactly("***@x.org\t0\thidden", "***@x.org\t100\tq", "***@y.org\t0\thidden");
      for (String found :
          List.of(
              "email = 'bob@x.org'",
              "startsWith(email, 'bob')",
              "email > 'c'",
              "pay = 900",
              "pay > 100",
              "n.null",
              "throwIf(email = 'eve@y.org') OR 0",
              "email IN ('bob@x.org')",
              "throwIf(pay = 900)")) {
        assertThat(ann.run("SELECT count() FROM " + from + " WHERE " + found))
            .as(from + " " + found)
            .containsExactly("0");
      }
      assertThat(ann.run("SELECT max(pay), min(email), uniq(email) FROM " + from))
          .as(from)
          .containsExactly("100\t***@x.org\t2");
    }
    assertThat(ann.run("SELECT email FROM loop(p) LIMIT 1")).containsExactly("***@x.org");
    assertThat(ann.run("SELECT email FROM loop(b) LIMIT 1")).containsExactly("***@x.org");
    assertThat(ann.run("SELECT count() FROM p PREWHERE email = 'bob@x.org'")).containsExactly("0");
    assertThat(ann.run("SELECT count() FROM p PREWHERE throwIf(pay = 900) = 0"))
        .containsExactly("3");
    assertThat(ann.run("SELECT any(dom) FROM p WHERE dom = 'y.org'")).containsExactly("y.org");
    assertThat(ann.run("SELECT email FROM p ORDER BY email LIMIT 1")).containsExactly("***@x.org");
    assertThat(ann.run("SELECT count() FROM p AS l JOIN p AS r ON l.email = r.email"))
        .containsExactly("5");
    assertThat(
            ann.run(
                "SELECT count() FROM p SETTINGS additional_table_filters = {'p': 'email ="
                    + " \\'bob@x.org\\''}"))
        .containsExactly("0");
    assertThat(db.run("SELECT email, pay FROM p ORDER BY ALL"))
        .containsExactly("bob@x.org\t100", "eve@y.org\t900", "zoe@x.org\t500");
  }

  @Test
  void whatIsWrittenIsMaskedToo() {
    db.run("CREATE TABLE copy (email String, pay UInt32) ENGINE = Memory");
    ann.run("INSERT INTO copy SELECT email, pay FROM p");
    assertThat(db.run("SELECT * FROM copy ORDER BY ALL"))
        .containsExactly("***@x.org\t0", "***@x.org\t100", "***@y.org\t0");
    db.run(
        "CREATE TABLE w (email String, pay UInt32, note String) ENGINE = MergeTree ORDER BY pay");
    db.run("INSERT INTO w (email, pay) VALUES ('bob@x.org', 1), ('eve@y.org', 2)");
    db.run("CREATE MASKING POLICY m ON w UPDATE email = '*' TO ann");
    ann.run("ALTER TABLE w DELETE WHERE email = 'bob@x.org'");
    ann.run("DELETE FROM w WHERE startsWith(email, 'bob')");
    ann.run("ALTER TABLE w UPDATE note = email WHERE NOT throwIf(email = 'bob@x.org')");
    assertThat(db.run("SELECT * FROM w ORDER BY ALL"))
        .containsExactly("bob@x.org\t1\t*", "eve@y.org\t2\t*");
    for (String sql :
        List.of(
            "RENAME TABLE w TO z",
            "ALTER TABLE w ADD COLUMN z String MATERIALIZED email",
            "ALTER TABLE w RENAME COLUMN email TO e",
            "CREATE TABLE z CLONE AS w",
            "ALTER TABLE copy ATTACH PARTITION tuple() FROM w")) {
      assertThatThrownBy(() -> ann.run(sql)).as(sql).hasMessageContaining("hide");
    }
    ann.run(
        "CREATE DICTIONARY z (pay UInt64, email String) PRIMARY KEY pay SOURCE(CLICKHOUSE(TABLE"
            + " 'w')) LAYOUT(HASHED()) LIFETIME(0)");
    assertThat(db.run("SELECT dictGet('z', 'email', toUInt64(2))")).containsExactly("*");
    db.run("DROP DICTIONARY z");
  }

  @Test
  void partitionsTellNothing() {
    db.run(
        "CREATE TABLE d (day Date, x Int8) ENGINE = MergeTree PARTITION BY toYYYYMM(day) ORDER BY"
            + " x");
    db.run("INSERT INTO d VALUES ('2026-03-04', 1)");
    db.run("CREATE MASKING POLICY m ON d UPDATE day = '2000-01-01' TO ann");
    assertThat(ann.run("SELECT day, _part, _partition_id, x FROM d"))
        .containsExactly("2000-01-01\t\t\t1");
    assertThat(
            ann.run("SELECT count() FROM d WHERE _partition_id = '202603' OR day = '2026-03-04'"))
        .containsExactly("0");
    db.run("GRANT SELECT ON system.parts TO ann");
    assertThat(ann.run("SELECT partition FROM system.parts WHERE table = 'd'")).isEmpty();
    db.run("ALTER TABLE d DELETE WHERE day = '2026-03-05'");
    assertThat(ann.run("SELECT command FROM system.mutations WHERE table = 'd'")).isEmpty();
  }

  @Test
  void policiesComeInTheOrderOfTheirPriorities() {
    db.run("CREATE TABLE o (a String, s UInt32) ENGINE = Memory");
    db.run("INSERT INTO o VALUES ('x', 1), ('y', 2)");
    db.run("CREATE MASKING POLICY first ON o UPDATE a = concat(a, '1') TO ann PRIORITY 10");
    db.run(
        "CREATE MASKING POLICY second ON o UPDATE a = concat(a, '2') WHERE s = 2 TO ALL EXCEPT"
            + " default PRIORITY -1");
    assertThat(ann.run("SELECT a FROM o ORDER BY s")).containsExactly("x1", "y12");
    db.run("CREATE ROW POLICY r ON o USING a = 'y' TO ann");
    assertThat(ann.run("SELECT a FROM o")).containsExactly("y12");
    assertThat(db.run("SHOW MASKING POLICIES ON o")).containsExactly("first", "second");
    assertThat(db.run("SHOW CREATE MASKING POLICY second ON o"))
        .containsExactly(
            "CREATE MASKING POLICY second ON default.o UPDATE a = concat(a, '2') WHERE s = 2 TO ALL"
                + " EXCEPT default PRIORITY -1");
    assertThat(
            db.run(
                "SELECT name, update_assignments, where_condition, priority, apply_to_all,"
                    + " apply_to_except FROM system.masking_policies WHERE short_name = 'second'"))
        .containsExactly("second ON default.o\ta = concat(a, '2')\ts = 2\t-1\t1\t['default']");
    db.run("ALTER MASKING POLICY second ON o UPDATE a = '!'");
    assertThat(ann.run("SELECT a FROM o")).containsExactly("!");
    db.run("DROP MASKING POLICY first, second ON o");
    assertThat(ann.run("SELECT a FROM o")).containsExactly("y");
    assertThatThrownBy(() -> db.run("DROP MASKING POLICY first ON o"))
        .hasMessageContaining("There is no masking policy");
    assertThatThrownBy(() -> ann.run("CREATE MASKING POLICY q ON o UPDATE a = '' TO ALL"))
        .hasMessageContaining("CREATE MASKING POLICY ON *.*");
    db.run("CREATE MASKING POLICY gone ON o UPDATE no = '' TO ann");
    assertThatThrownBy(() -> ann.run("SELECT a FROM o"))
        .hasMessageContaining("stores no column `no`");
  }

  @Test
  void aPolicyIsThereAfterAStart(@TempDir Path folder) {
    for (int start = 0; start < 2; start++) {
      var kept = new Statements(new EngineConfig(folder, 0, 0, null, Map.of(), Map.of(), Map.of()));
      if (start == 0) {
        kept.run("CREATE TABLE t (a String) ENGINE = MergeTree ORDER BY a");
        kept.run("INSERT INTO t VALUES ('secret')");
        kept.run("CREATE USER u IDENTIFIED BY 'p'");
        kept.run("GRANT SELECT ON t TO u");
        kept.run("CREATE MASKING POLICY m ON t UPDATE a = '*' TO u");
      }
      assertThat(kept.as("u", "p").run("SELECT a FROM t")).containsExactly("*");
      kept.close();
    }
  }
}
