package io.longhouse.compat.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.embedded.Longhouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 26.7 asks two shards of ours, which have the same rows, and two shards that it is itself. It
 * merges the same way, so that even estimates are equal.
 */
class Initiator26Test {
  private static final String TOWNS =
      "SELECT concat('t', toString(number % 3)), number, number * 2, toDate(17000 + number % 4),"
          + " if(number % 2 = 0, NULL, toString(number)), [number % 3, 1], toString(number % 4)"
          + " FROM numbers(20)";

  @TempDir static Path folder;
  private static Longhouse db;
  private static Chdb chdb;
  private static String address;

  @BeforeAll
  static void fill() throws IOException {
    db = Longhouse.builder().ports().timeZone(ZoneId.of("UTC")).open();
    address = "127.0.0.1:" + db.tcpPort();
    Path config = folder.resolve("config.xml");
    String own = "<shard><replica><host>localhost</host><port>9000</port></replica></shard>";
    String ours =
        "<shard><replica><host>127.0.0.1</host><port>" + db.tcpPort() + "</port></replica></shard>";
    Files.writeString(
        config,
        "<clickhouse><tcp_port>9000</tcp_port><remote_servers><own>"
            + own
            + own
            + "</own><ours>"
            + ours
            + ours
            + "</ours></remote_servers></clickhouse>");
    chdb = Chdb.start(config);
    table(
        "t",
        "town String, price UInt32, a Int64, d Date, s Nullable(String), arr Array(UInt8), l"
            + " LowCardinality(String)",
        "town",
        TOWNS);
    table(
        "part",
        Queries.resource("/shards/columns.sql"),
        "u8, id",
        Queries.resource("/shards/rows.sql"));
    table("w", Queries.resource("/stages/columns.sql"), "k", Queries.resource("/stages/rows.sql"));
    table(
        "dim",
        "k UInt8, name String, lk LowCardinality(String)",
        "k",
        "SELECT number, 'dim' || toString(number), 'lc' || toString(number) FROM numbers(5)");
  }

  @AfterAll
  static void close() throws IOException {
    if (chdb != null) {
      chdb.close();
    }
    db.close();
  }

  /** Made on both sides; 26.7 inserts the rows into ours. */
  private static void table(String name, String columns, String key, String rows) {
    String create =
        "CREATE TABLE " + name + " (" + columns + ") ENGINE = MergeTree ORDER BY (" + key + ")";
    db.execute(create);
    done(create);
    done("INSERT INTO " + name + " " + rows);
    done("INSERT INTO FUNCTION remote('" + address + "', default." + name + ") " + rows);
    for (String cluster : List.of("ours", "own")) {
      String source = "Distributed(" + cluster + ", default, " + name + ")";
      done("CREATE TABLE " + cluster + "_" + name + " AS " + name + " ENGINE = " + source);
    }
  }

  private static void done(String statement) {
    assertThat(chdb.ask(statement)).isEmpty();
  }

  private static void compare(List<String> queries, String place, String table) {
    Queries.areEqual(
        queries,
        q -> chdb.ask(q.replace(place, "ours_" + table)),
        q -> chdb.ask(q.replace(place, "own_" + table)));
  }

  @Test
  void clausesAndNames() {
    compare(Queries.resource("/stages/queries26.txt").lines().toList(), "REMOTE", "t");
  }

  @Test
  void theQueriesOfShardsOfOurs() {
    List<String> known =
        Queries.resource("/shards/queries.sql")
            .lines()
            .filter(q -> !q.contains("quantileDD") && !q.contains("u8 in (select k from dim) as x"))
            .toList();
    compare(known, "{T}", "part");
  }

  @Test
  void everyStateIsReadable() {
    compare(Queries.resource("/stages/states26.txt").lines().toList(), "REMOTE", "w");
  }

  @Test
  void aSetOfASubqueryHasNoNameToFindItsColumnBy() {
    String sql = "SELECT price IN (SELECT 1) AS k, count() FROM ours_t GROUP BY k";
    assertThat(chdb.ask(sql)).startsWith("Code: 48.").contains("cannot name the set");
  }

  @Test
  void manyGroups() {
    table("n", "number UInt64", "number", "SELECT number FROM numbers(300000)");
    compare(
        List.of(
            "SELECT count(), sum(c), max(g) FROM (SELECT number AS g, count() AS c, uniq(number) AS"
                + " u FROM REMOTE GROUP BY g)",
            "SELECT count() FROM (SELECT DISTINCT number FROM REMOTE)",
            "SELECT sum(cityHash64(number)) FROM (SELECT number FROM REMOTE ORDER BY number)"),
        "REMOTE",
        "n");
  }

  @Test
  void theOldAnalyzerAndOtherStages() {
    compare(
        List.of(
            "SELECT town, count() AS n FROM REMOTE GROUP BY town ORDER BY n DESC, town LIMIT 2"
                + " SETTINGS enable_analyzer = 0",
            "SELECT a + 1 AS k, town FROM REMOTE ORDER BY k, town LIMIT 2 SETTINGS enable_analyzer"
                + " = 0",
            "SELECT count() FROM REMOTE WHERE a IN (SELECT 2) SETTINGS enable_analyzer = 0",
            "SELECT a % 3 AS k, uniq(town) FROM REMOTE GROUP BY k WITH TOTALS ORDER BY k SETTINGS"
                + " enable_analyzer = 0",
            "SELECT a FROM REMOTE ORDER BY a LIMIT 2 SETTINGS distributed_push_down_limit = 0",
            "SELECT town, count() FROM REMOTE GROUP BY town ORDER BY town SETTINGS extremes = 1",
            "SELECT town, count() AS n FROM REMOTE GROUP BY town ORDER BY n DESC, town LIMIT 2"
                + " SETTINGS distributed_group_by_no_merge = 2"),
        "REMOTE",
        "t");
  }

  @Test
  void columnsWhoseNamesAreNoWords() {
    table(
        "odd",
        "`x y` UInt8, `a-b` UInt8, n Nested(a UInt8), `select` UInt8, `q``q` UInt8, tup Tuple(p"
            + " UInt8, `r s` String), m Map(String, UInt8)",
        "`x y`",
        "SELECT 1, 2, [3], 4, 5, (6, 'r'), map('k', 7)");
    compare(
        List.of(
            "SELECT `x y`, `a-b`, n.a, `select`, `q``q`, tup.p, tup.`r s`, m.keys FROM REMOTE LIMIT"
                + " 1",
            "SELECT `x y`, n.a, tup.p, count(), sum(`a-b`) FROM REMOTE GROUP BY ALL"),
        "REMOTE",
        "odd");
  }

  @Test
  void distributedTablesInsertAndRead() {
    String columns =
        "(a UInt64, b String, c UInt64 ALIAS a * 2, m UInt64 MATERIALIZED a + 1, e UInt8 DEFAULT"
            + " 7)";
    db.execute("CREATE TABLE x " + columns + " ENGINE = MergeTree ORDER BY a");
    done("CREATE TABLE dx " + columns + " ENGINE = Distributed('ours', default, x, a)");
    done(
        "INSERT INTO dx (a, b) SETTINGS distributed_foreground_insert = 1 SELECT number, 'v' FROM"
            + " numbers(10)");
    done(
        "INSERT INTO dx SETTINGS distributed_foreground_insert = 0 SELECT number + 100, 'w', 1"
            + " FROM numbers(10)");
    done("SYSTEM FLUSH DISTRIBUTED dx");
    assertThat(chdb.ask("SELECT count(), sum(a), sum(e), sum(c), sum(m) FROM dx"))
        .isEqualTo("40\t2180\t160\t4360\t2220\n");
    assertThat(chdb.ask("SELECT c, count() FROM dx GROUP BY c ORDER BY c LIMIT 2"))
        .isEqualTo("0\t2\n2\t2\n");
    assertThat(chdb.ask("SELECT a FROM merge('default', '^dx$') WHERE a > 3 ORDER BY a LIMIT 1"))
        .isEqualTo("4\n");
  }
}
