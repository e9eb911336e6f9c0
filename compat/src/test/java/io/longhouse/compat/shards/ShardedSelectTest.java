package io.longhouse.compat.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rows in one table and spread over two and three servers. */
class ShardedSelectTest {
  private static final double PRECISION = 1e-6;
  private static final Pattern VALUES =
      Pattern.compile("(?<=[\\t\\n,\\[\\]()])|(?=[\\t\\n,\\[\\]()])");
  private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");

  /** Their results depend on the order of rows, or are estimates that merging makes others. */
  private static final Set<String> OF_ORDER =
      Set.of(
          "any",
          "anyHeavy",
          "anyLast",
          "any_respect_nulls",
          "anyLast_respect_nulls",
          "approx_top_k",
          "approx_top_sum",
          "argAndMax",
          "argAndMin",
          "argMax",
          "argMin",
          "boundingRatio",
          "deltaSum",
          "deltaSumTimestamp",
          "groupArray",
          "groupArrayInsertAt",
          "groupArrayLast",
          "groupArrayMovingAvg",
          "groupArrayMovingSum",
          "groupArraySample",
          "groupConcat",
          "groupUniqArray",
          "histogram",
          "quantileTDigest",
          "quantileTDigestWeighted",
          "quantilesTDigest",
          "quantilesTDigestWeighted",
          "studentTTestOneSample",
          "topK",
          "topKWeighted");

  /** Of others, sums of 32 bits have last digits that are those of an order. */
  private static final Set<String> PRECISE =
      Set.of("sum", "avg", "min", "max", "uniq", "uniqExact", "count", "quantileExact");

  private static final List<Map<String, String>> WAYS =
      List.of(
          Map.of(),
          Map.of("prefer_localhost_replica", "0"),
          Map.of("optimize_skip_unused_shards", "1"));

  @TempDir static Path folder;
  private static Servers servers;

  @BeforeAll
  static void spread() throws IOException {
    servers = new Servers(folder);
    String columns = resource("columns.sql");
    servers.run(0, "CREATE TABLE one (" + columns + ") ENGINE = MergeTree ORDER BY (u8, id)");
    servers.run(0, "INSERT INTO one " + resource("rows.sql"));
    servers.everywhere("CREATE TABLE part (" + columns + ") ENGINE = MergeTree ORDER BY (u8, id)");
    servers.everywhere("CREATE TABLE part3 AS part");
    servers.everywhere(
        "CREATE TABLE dim (k UInt8, name String, lk LowCardinality(String)) ENGINE = MergeTree"
            + " ORDER BY k");
    servers.everywhere(
        "INSERT INTO dim SELECT number, 'dim' || toString(number), 'lc' || toString(number)"
            + " FROM numbers(5)");
    servers.run(
        0, "CREATE TABLE two AS one ENGINE = Distributed(two, default, part, intHash32(id))");
    servers.run(0, "CREATE TABLE three AS one ENGINE = Distributed(three, default, part3, id)");
    for (String t : List.of("two", "three")) {
      servers.run(
          0, "INSERT INTO " + t + " SETTINGS distributed_foreground_insert = 1 SELECT * FROM one");
    }
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  private static String resource(String name) {
    try (var in = ShardedSelectTest.class.getResourceAsStream("/shards/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyShardHasSomeOfTheRows() {
    assertThat(servers.ask(0, "SELECT count() FROM one", Map.of())).isEqualTo("5000\n");
    assertThat(
            servers.ask(0, "SELECT _shard_num, count() FROM three GROUP BY 1 ORDER BY 1", Map.of()))
        .isEqualTo("1\t834\n2\t2500\n3\t1666\n");
  }

  @Test
  void queriesDoNotTellShardsFromOneTable() {
    String remote =
        "remote('127.0.0.1:"
            + servers.port(0)
            + ",127.0.0.1:"
            + servers.port(1)
            + "', default.part)";
    List<String> wrong = new ArrayList<>();
    for (String q : resource("queries.sql").split("\n")) {
      for (String t : List.of("two", "three", remote)) {
        compare(q, t, wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aConditionOnTheShardingKeyLeavesOneShard() {
    Map<String, String> prune =
        Map.of("optimize_skip_unused_shards", "1", "force_optimize_skip_unused_shards", "2");
    for (int id = 0; id < 12; id++) {
      String from = " FROM three WHERE id = " + id;
      assertThat(servers.ask(0, "SELECT s, _shard_num" + from, prune))
          .isEqualTo(servers.ask(0, "SELECT s, _shard_num" + from, Map.of()));
      String plan = servers.ask(0, "EXPLAIN SELECT s, count()" + from + " GROUP BY s", prune);
      boolean here = plan.contains("ReadFromMergeTree");
      assertThat(plan.split("Shard \\d: ", -1)).as(plan).hasSize(here ? 1 : 2);
      assertThat(plan).doesNotContain("State");
    }
    assertThat(servers.ask(0, "SELECT count() FROM three WHERE u8 = 1", prune)).contains("507");
  }

  @Test
  void rowsBeforeTheLimitAreThoseOfAllShards() {
    String query = "SELECT id FROM {T} WHERE u8 = 3 ORDER BY intDiv(id, 3), id LIMIT 4 FORMAT JSON";
    for (String t : List.of("one", "two", "three")) {
      for (Map<String, String> way : WAYS) {
        assertThat(servers.ask(0, query.replace("{T}", t), way))
            .as(t + way)
            .contains("\"rows_before_limit_at_least\": 714");
      }
    }
  }

  @Test
  void everyAggregateFunctionMergesItsStates() {
    String names =
        servers.ask(
            0,
            "SELECT name FROM system.functions WHERE is_aggregate AND alias_to = '' ORDER BY name",
            Map.of());
    List<String> wrong = new ArrayList<>();
    for (String f : names.strip().split("\n")) {
      if (!OF_ORDER.contains(f)) {
        calls(f).forEach(q -> compare(q, "two", wrong));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<String> calls(String f) {
    List<String> all = new ArrayList<>();
    List<String> arguments =
        new ArrayList<>(
            List.of("id", "i64", "f64", "dec", "dt64", "s", "lcn", "n", "uu", "arr", "tup", "b"));
    arguments.addAll(List.of("u8,id", "i32,n", "f64,i32", "s,id", "n,u8", "dt,u8", "arr,id"));
    if (PRECISE.contains(f)) {
      arguments.add("f32");
    }
    for (String a : arguments) {
      all.add("SELECT " + f + "(" + a + ") FROM {T}");
      all.add("SELECT lc, " + f + "(" + a + ") r FROM {T} GROUP BY lc ORDER BY lc");
    }
    for (String p : List.of("0.5", "3", "1, 10, 20", "'(?1)(?2)'", "0.1, 0.9", "100")) {
      all.add("SELECT " + f + "(" + p + ")(u16) FROM {T}");
      all.add("SELECT " + f + "(" + p + ")(dt, u8 = 1, u8 = 2) FROM {T}");
      all.add("SELECT u8, " + f + "(" + p + ")(u16, u8) FROM {T} GROUP BY u8 ORDER BY u8");
    }
    return all;
  }

  private static void compare(String query, String table, List<String> wrong) {
    String expected = servers.ask(0, query.replace("{T}", "one"), Map.of());
    for (Map<String, String> way : WAYS) {
      String found = servers.ask(0, query.replace("{T}", table), way);
      if (!isSame(expected, found)) {
        wrong.add(
            query + "\n  of " + table + " " + way + ": " + found + "\n  expected " + expected);
      }
    }
  }

  private static boolean isSame(String expected, String found) {
    if (expected.equals(found)) {
      return true;
    }
    var code = CODE.matcher(expected);
    if (expected.startsWith("Code:") && code.find()) {
      return found.contains("Code: " + code.group(1) + ".");
    }
    String[] a = VALUES.split(expected);
    String[] b = VALUES.split(found);
    boolean same = a.length == b.length;
    for (int i = 0; i < a.length && same; i++) {
      same = a[i].equals(b[i]) || isNear(a[i], b[i]);
    }
    return same;
  }

  private static boolean isNear(String a, String b) {
    try {
      double x = Double.parseDouble(a);
      double y = Double.parseDouble(b);
      return Math.abs(x - y) <= PRECISION * Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
