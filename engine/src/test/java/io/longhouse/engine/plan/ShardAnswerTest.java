package io.longhouse.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.Header;
import io.longhouse.engine.Statements;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.function.Scalars;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a shard answers at each stage; names and types are those of 26.7 and of 18.16. */
class ShardAnswerTest {
  private static final ShardQuery STATES = new ShardQuery(QueryStage.MERGEABLE_STATE, true);
  private static final ShardQuery LIMITED =
      new ShardQuery(QueryStage.AFTER_AGGREGATION_AND_LIMIT, true);
  private static final ShardQuery OLD = new ShardQuery(QueryStage.MERGEABLE_STATE, false);

  private static Engine engine;
  private static Session session;

  @BeforeAll
  static void open() {
    engine = Engine.open(EngineConfig.inMemory());
    session = engine.login("default", "", ClientInfo.local());
    run(
        "CREATE TABLE t (town String, price UInt32, a Int64, d Date, s Nullable(String), arr"
            + " Array(UInt8), l LowCardinality(String)) ENGINE = MergeTree ORDER BY town");
    run(
        "INSERT INTO t SELECT toString(number % 3), number, number, 1, NULL, [1], 'x' FROM"
            + " numbers(6)");
  }

  @AfterAll
  static void close() {
    session.close();
    engine.close();
  }

  private static List<String> run(String sql) {
    return Statements.run(session, sql);
  }

  private static RunningQuery start(Session as, String sql, ShardQuery shard) {
    return as.start(
        new QueryRequest(
            ByteText.encode(sql),
            "",
            Map.of(),
            Map.of(),
            null,
            "Native",
            List.of(),
            shard,
            null,
            Scalars.NONE));
  }

  private static String columns(String sql, ShardQuery shard) {
    try (RunningQuery query = start(session, sql, shard)) {
      Header header = query.header();
      Statements.drain(query);
      return header.fields().stream()
          .map(f -> f.name() + " " + f.type().name())
          .collect(Collectors.joining(" | "));
    }
  }

  private static long rows(Session as, String sql, ShardQuery shard) {
    try (RunningQuery query = start(as, sql, shard)) {
      long rows = 0;
      while (!query.isFinished()) {
        var block = query.next(1000);
        rows += block == null ? 0 : block.rows();
      }
      return rows;
    }
  }

  @Test
  void keysAndStates() {
    assertThat(
            columns(
                "SELECT __table1.town AS x, __table1.a + 1 AS y, plus(tupleElement(sumCount("
                    + "__table1.price), 1) AS `sum(__table1.price)`, 2) AS z FROM default.t AS"
                    + " __table1 GROUP BY __table1.town, __table1.a + 1 HAVING count() > 1 ORDER BY"
                    + " max(__table1.d) ASC LIMIT _CAST(3, 'UInt64')",
                STATES))
        .isEqualTo(
            "__table1.town String | plus(__table1.a, 1_UInt8) Int64 | sumCount(__table1.price)"
                + " AggregateFunction(sumCount, UInt32) | count() AggregateFunction(count) |"
                + " max(__table1.d) AggregateFunction(max, Date)");
    assertThat(
            columns(
                "SELECT quantiles(0.5, 0.9)(__table1.price), sumState(__table1.price),"
                    + " any(__table1.l) FROM default.t AS __table1 GROUP BY GROUPING SETS"
                    + " ((__table1.town), (__table1.d))",
                STATES))
        .isEqualTo(
            "__grouping_set UInt64 | __table1.town String | __table1.d Date |"
                + " quantiles(0.5_Float64, 0.9_Float64)(__table1.price)"
                + " AggregateFunction(quantiles(0.5, 0.9), UInt32) | sumState(__table1.price)"
                + " AggregateFunction(sumState, UInt32) | any(__table1.l) AggregateFunction(any,"
                + " String)");
  }

  @Test
  void constantsLambdasAndSets() {
    assertThat(
            columns(
                "SELECT arrayMap((x, y) -> x + y, __table1.arr, __table1.arr) AS a,"
                    + " _CAST('2020-01-01', 'Date') AS b, _CAST('1.5', 'Decimal(9, 2)') AS c,"
                    + " __table1.price IN (1, 1000, -5) AS d, __table1.town IN _CAST(['a', 'b'],"
                    + " 'Array(String)') AS e, __table1.price IN (1, NULL) AS f, __table1.`x y` AS"
                    + " g, 1.5 AS h, _CAST('2020-01-01 00:00:00.500', 'DateTime64(3, \\'UTC\\')')"
                    + " AS i FROM (SELECT *, 1 AS `x y` FROM default.t) AS __table1 LIMIT 1",
                LIMITED))
        .isEqualTo(
            "arrayMap(x UInt8, y UInt8 -> plus(x, y), __table1.arr, __table1.arr) Array(UInt16) |"
                + " _CAST(18262_Date, 'Date'_String) Date | _CAST('1.5'_Decimal(9, 2), 'Decimal(9,"
                + " 2)'_String) Decimal(9, 2) | in(__table1.price,"
                + " __set_UInt32_2575652870578127267_38030074167255428) UInt8 | in(__table1.town,"
                + " __set_String_2630398933519887223_10365678451179874606) UInt8 |"
                + " in(__table1.price, __set_UInt32_18232334721811992676_3561476768936358145) UInt8"
                + " | __table1.`x y` UInt8 | 1.5_Float64 Float64 |"
                + " _CAST('1577836800.5'_DateTime64(3, 'UTC'), 'DateTime64(3, 'UTC')'_String)"
                + " DateTime64(3, 'UTC')");
  }

  @Test
  void oldNames() {
    assertThat(
            columns(
                "SELECT t.town AS x, a + 1 AS y, sum(price + 2), uniq(l), countIf(l = 'x') FROM"
                    + " default.t AS t GROUP BY x, y ORDER BY y",
                OLD))
        .isEqualTo(
            "town String | plus(a, 1) Int64 | sum(plus(price, 2)) AggregateFunction(sum, UInt64) |"
                + " uniq(l) AggregateFunction(uniq, LowCardinality(String)) | countIf(equals(l,"
                + " 'x')) AggregateFunction(countIf, LowCardinality(UInt8))");
    assertThat(
            columns(
                "SELECT town IN ('t1', 't2'), arrayMap(x -> (x + 1), arr) AS m, (CAST(5, 'UInt8')"
                    + " AS _subquery1) + price FROM default.t ORDER BY price ASC LIMIT 3",
                OLD))
        .isEqualTo(
            "in(town, tuple('t1', 't2')) UInt8 | arrayMap(lambda(tuple(x), plus(x, 1)), arr)"
                + " Array(UInt16) | plus(_subquery1, price) UInt64 | price UInt32");
    assertThat(columns("SELECT 1 FROM default.t LIMIT 1", OLD)).isEqualTo("1 UInt8 | d Date");
  }

  @Test
  void rowsAreCutWhereTheWholeAnswerCannotTakeThem() {
    String sql =
        "SELECT __table1.price AS p FROM default.t AS __table1 ORDER BY __table1.a ASC LIMIT 1, 2";
    assertThat(columns(sql, LIMITED)).isEqualTo("__table1.price UInt32 | __table1.a Int64");
    assertThat(rows(session, sql, LIMITED)).isEqualTo(3);
    assertThat(rows(session, sql, STATES)).isEqualTo(3);
    assertThat(rows(session, sql, new ShardQuery(QueryStage.AFTER_AGGREGATION, true))).isEqualTo(6);
    String windows =
        "SELECT __table1.price AS p, sum(__table1.a) OVER (PARTITION BY __table1.town) AS w FROM"
            + " default.t AS __table1 ORDER BY __table1.d ASC LIMIT 2";
    assertThat(columns(windows, STATES))
        .isEqualTo(
            "__table1.price UInt32 | __table1.a Int64 | __table1.town String | __table1.d Date");
    assertThat(rows(session, windows, STATES)).isEqualTo(6);
  }

  @Test
  void rowPoliciesHoldAtEveryStage() {
    run("CREATE USER ann");
    run("GRANT SELECT ON default.t TO ann");
    run("CREATE ROW POLICY p ON default.t USING price < 2 TO ann");
    try (Session ann = engine.login("ann", "", ClientInfo.local())) {
      for (QueryStage stage : QueryStage.values()) {
        if (stage == QueryStage.COMPLETE) {
          continue;
        }
        for (boolean analyzed : new boolean[] {true, false}) {
          var shard = new ShardQuery(stage, analyzed);
          assertThat(rows(ann, "SELECT price FROM default.t", shard)).isEqualTo(2);
          assertThat(rows(ann, "SELECT a, count() FROM default.t GROUP BY a", shard)).isEqualTo(2);
        }
      }
    }
    run("DROP ROW POLICY p ON default.t");
    run("DROP USER ann");
  }

  @Test
  void whatNoServerAsksForIsRefused() {
    for (String sql :
        List.of(
            "SELECT 1 UNION ALL SELECT 2",
            "SELECT count() FROM default.t AS __table1 GROUP BY __table1.price IN (SELECT 1)")) {
      assertThatThrownBy(() -> columns(sql, STATES))
          .isInstanceOf(LonghouseException.class)
          .satisfies(e -> assertThat(((LonghouseException) e).code()).isEqualTo(48));
    }
    assertThatThrownBy(() -> QueryStage.of(0)).hasMessageContaining("FetchColumns");
    assertThatThrownBy(() -> QueryStage.of(7)).hasMessageContaining("serialised plan");
    assertThatThrownBy(() -> QueryStage.of(9)).hasMessageContaining("Unknown stage 9");
  }
}
