package io.longhouse.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.RoundTrip;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.CreateTenant;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.ExplainTenant;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.ShowCreate;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TenantsTest {
  /** A statement and its text on one line. */
  private static final List<List<String>> STATEMENTS =
      List.of(
          one(
              "create tenant space app (table db.events key tenant_id, table db.users key `o k`)",
              "CREATE TENANT SPACE app (TABLE db.events KEY tenant_id, TABLE db.users KEY `o k`)"),
          one(
              "CREATE TENANT SPACE IF NOT EXISTS app (TABLE events KEY k) ISOLATION shared table"
                  + " LIMITS weight = 4, max_memory_usage = '4Gi', FOR INTERVAL 1 HOUR MAX queries"
                  + " = 1000, read_rows = 9, FOR RANDOMIZED INTERVAL 2 DAY TRACKING ONLY SETTINGS"
                  + " max_threads = 4 MIN 1 MAX 8, join_use_nulls = 1 CONST COMMENT 'it''s'",
              "CREATE TENANT SPACE IF NOT EXISTS app (TABLE events KEY k) ISOLATION SHARED TABLE"
                  + " LIMITS weight = 4, max_memory_usage = '4Gi', FOR INTERVAL 1 hour MAX queries"
                  + " = 1000, read_rows = 9, FOR RANDOMIZED INTERVAL 2 day TRACKING ONLY SETTINGS"
                  + " max_threads = 4 MIN 1 MAX 8, join_use_nulls = 1 CONST COMMENT 'it\\'s'"),
          one(
              "CREATE OR REPLACE TENANT SPACE app ON CLUSTER c (TABLE t KEY k) LIMITS NONE",
              "CREATE OR REPLACE TENANT SPACE app ON CLUSTER c (TABLE t KEY k) LIMITS NONE"),
          one(
              "CREATE TENANT SPACE space (TABLE table KEY key) LIMITS FOR INTERVAL 1 MONTH MAX"
                  + " errors = 3",
              "CREATE TENANT SPACE space (TABLE `table` KEY key) LIMITS FOR INTERVAL 1 month MAX"
                  + " errors = 3"),
          one(
              "ALTER TENANT SPACE app ALTER TABLE db.t ADD COLUMN c UInt8, DROP COLUMN d",
              "ALTER TENANT SPACE app ALTER TABLE db.t (ADD COLUMN `c` UInt8), (DROP COLUMN d)"),
          one("ALTER TENANT SPACE app ADD TABLE t KEY k", null),
          one("ALTER TENANT SPACE IF EXISTS app DROP TABLE db.t", null),
          one("ALTER TENANT SPACE app MODIFY ISOLATION DATABASE", null),
          one("ALTER TENANT SPACE app MODIFY LIMITS weight = 2, max_parts = DEFAULT", null),
          one("ALTER TENANT SPACE app LIMITS NONE", null),
          one(
              "ALTER TENANT SPACE app SETTINGS a = 1",
              "ALTER TENANT SPACE app DROP ALL SETTINGS, DROP ALL PROFILES, ADD SETTING a = 1"),
          one("ALTER TENANT SPACE app CANCEL ROLLOUT", null),
          one("ALTER TENANT SPACE app MODIFY COMMENT 'x'", null),
          one("ALTER TENANT SPACE app RENAME TO `b c`", null),
          one("DROP TENANT SPACE IF EXISTS app ON CLUSTER c", null),
          one("CREATE TENANT acme IN app ID 42", null),
          one("CREATE TENANT IF NOT EXISTS acme IN app ID -42 ISOLATION TABLE", null),
          one(
              "CREATE OR REPLACE TENANT `a b` IN app ON CLUSTER c ID 'x''y' ISOLATION SERVICE"
                  + " LIMITS max_parts = 3 SETTINGS a = 'b' CONST",
              "CREATE OR REPLACE TENANT `a b` IN app ON CLUSTER c ID 'x\\'y' ISOLATION SERVICE"
                  + " LIMITS max_parts = 3 SETTINGS a = 'b' CONST"),
          one(
              "CREATE TENANT t IN app ID UUID '61f0c404-5cb3-11e7-907b-a6006ad3dba0'",
              "CREATE TENANT t IN app ID '61f0c404-5cb3-11e7-907b-a6006ad3dba0'"),
          one("CREATE TENANT `space` IN `in` ID 1", "CREATE TENANT `space` IN in ID 1"),
          one("CREATE TENANT tenant IN tenant ID 1 ISOLATION WAREHOUSE", null),
          one("ALTER TENANT IF EXISTS acme IN app RENAME TO b LIMITS weight = 2", null),
          one("ALTER TENANT acme ISOLATION TABLE MODIFY LIMITS weight = DEFAULT", null),
          one("ALTER TENANT acme DROP SETTING b, ADD SETTING a = 1", null),
          one("DROP TENANT acme", null),
          one("DROP TENANT IF EXISTS acme IN app ON CLUSTER c WITH DATA", null),
          one("GRANT TENANT acme TO alice, bob", null),
          one("GRANT TENANT a, b IN app TO CURRENT_USER", null),
          one("REVOKE TENANT acme FROM ALL EXCEPT alice", null),
          one("GRANT TENANT `to` TO alice", null),
          one("SHOW TENANTS", null),
          one("SHOW TENANTS IN app LIKE 'a%'", null),
          one("SHOW TENANT SPACES NOT ILIKE '%x'", null),
          one("SHOW CREATE TENANT acme IN app", null),
          one("SHOW CREATE TENANT SPACE app", null),
          one("EXPLAIN TENANT acme", null),
          one("EXPLAIN TENANT SPACE app", null),
          one("EXPLAIN CREATE TENANT acme IN app ID 1", null),
          one("EXPLAIN DROP TENANT acme WITH DATA", null));

  private static List<String> one(String sql, String text) {
    return List.of(sql, text == null ? sql : text);
  }

  @Test
  void statementsArePrintedInFull() {
    for (List<String> pair : STATEMENTS) {
      var parsed = Parser.parseStatement(pair.getFirst());
      assertThat(Formatter.formatOneLine(parsed)).isEqualTo(pair.getLast());
      RoundTrip.check(parsed);
    }
  }

  @Test
  void theSpacesTablesStandOnLinesOfTheirOwn() {
    assertThat(
            Formatter.format(
                Parser.parseStatement("CREATE TENANT SPACE a (TABLE b KEY c, TABLE d KEY e)")))
        .isEqualTo("CREATE TENANT SPACE a\n(\n    TABLE b KEY c,\n    TABLE d KEY e\n)");
  }

  @Test
  void theWordsStayNames() {
    assertThat(parse("GRANT tenant TO u")).isInstanceOf(Grant.class);
    assertThat(parse("GRANT tenant, b TO u")).isInstanceOf(Grant.class);
    assertThat(parse("REVOKE tenant FROM u")).isInstanceOf(Grant.class);
    assertThat(parse("GRANT CREATE TENANT, SHOW TENANTS ON *.* TO u")).isInstanceOf(Grant.class);
    assertThat(parse("SHOW CREATE tenant")).isInstanceOf(ShowCreate.class);
    assertThat(parse("SHOW CREATE tenant FORMAT CSV")).isInstanceOf(ShowCreate.class);
    assertThat(parse("SELECT tenant, space, limits AS isolation FROM tenants key"))
        .isInstanceOf(Select.class);
    assertThat(parse("ALTER TABLE tenant MODIFY COLUMN isolation UInt8"))
        .isInstanceOf(AlterTable.class);
    assertThat(parse("EXPLAIN SELECT tenant")).isInstanceOf(Explain.class);
    assertThat(parse("EXPLAIN DROP TENANT a")).isInstanceOf(ExplainTenant.class);
    assertThat(parse("CREATE TENANT id IN id ID 1 LIMITS for = 1"))
        .isInstanceOf(CreateTenant.class);
  }

  @Test
  void onClusterStandsInSeveralPlacesOnce() {
    Statement create = parse("CREATE TENANT a IN s ON CLUSTER c ID 1 ISOLATION TABLE LIMITS NONE");
    for (String sql :
        List.of(
            "CREATE TENANT a ON CLUSTER c IN s ID 1 ISOLATION TABLE LIMITS NONE",
            "CREATE TENANT a IN s ID 1 ON CLUSTER c ISOLATION TABLE LIMITS NONE",
            "CREATE TENANT a IN s ID 1 ISOLATION TABLE ON CLUSTER c LIMITS NONE",
            "CREATE TENANT a IN s ID 1 ISOLATION TABLE LIMITS NONE ON CLUSTER 'c'")) {
      assertThat(parse(sql)).as(sql).isEqualTo(create);
    }
    Statement space =
        parse("CREATE TENANT SPACE s ON CLUSTER c (TABLE t KEY k) LIMITS weight = 2 COMMENT 'x'");
    for (String sql :
        List.of(
            "CREATE TENANT SPACE s (TABLE t KEY k) ON CLUSTER c LIMITS weight = 2 COMMENT 'x'",
            "CREATE TENANT SPACE s (TABLE t KEY k) LIMITS weight = 2 ON CLUSTER c COMMENT 'x'",
            "CREATE TENANT SPACE s (TABLE t KEY k) LIMITS weight = 2 COMMENT 'x' ON CLUSTER c")) {
      assertThat(parse(sql)).as(sql).isEqualTo(space);
    }
    assertThat(parse("ALTER TENANT a ON CLUSTER c IN s RENAME TO b"))
        .isEqualTo(parse("ALTER TENANT a IN s RENAME TO b ON CLUSTER c"));
    assertThat(parse("DROP TENANT a ON CLUSTER c WITH DATA"))
        .isEqualTo(parse("DROP TENANT a WITH DATA ON CLUSTER c"));
    assertThatThrownBy(() -> parse("CREATE TENANT a ON CLUSTER c IN s ON CLUSTER d ID 1"))
        .hasMessageContaining("Syntax error");
  }

  private static Statement parse(String sql) {
    return Parser.parseStatement(sql).statement();
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThatThrownBy(() -> parse("CREATE TENANT a IN b")).hasMessageContaining("ON CLUSTER, ID");
    assertThatThrownBy(() -> parse("CREATE TENANT a ID 1")).hasMessageContaining("IN");
    assertThatThrownBy(() -> parse("CREATE TENANT a IN b ID 1.5"))
        .hasMessageContaining("integer, string literal, UUID");
    assertThatThrownBy(() -> parse("CREATE TENANT a IN b ID 1 ISOLATION none"))
        .hasMessageContaining("SHARED TABLE");
    assertThatThrownBy(() -> parse("CREATE TENANT SPACE a ()")).hasMessageContaining("TABLE");
  }

  @Test
  void mutatedStatementsAreStatementsOrErrors() {
    long seed = Long.getLong("longhouse.seed", System.nanoTime());
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var tokens = new ArrayList<>(tokens(random));
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(3)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
        default -> {
          List<String> other = tokens(random);
          tokens.set(at, other.get(random.nextInt(other.size())));
        }
      }
      String sql = String.join(" ", tokens);
      try {
        Parser.parseStatement(Formatter.format(Parser.parseStatement(sql)));
      } catch (LonghouseException _) {
        // as it should be
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ": " + sql, e);
      }
    }
  }

  private static List<String> tokens(Random random) {
    return List.of(STATEMENTS.get(random.nextInt(STATEMENTS.size())).getFirst().split(" "));
  }
}
