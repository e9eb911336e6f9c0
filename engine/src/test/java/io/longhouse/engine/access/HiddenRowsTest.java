package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.Progress;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two worlds in which a member sees the same rows, while the rows hidden from it differ in number,
 * place and value: whatever the member asks, it is answered the same in both.
 */
class HiddenRowsTest {
  private static final List<World> WORLDS = new ArrayList<>();

  /** An engine and a session of its member. */
  private record World(Engine engine, Session owner, Session member) {}

  @BeforeAll
  static void open() {
    WORLDS.add(world(List.of("(2, 'BETA', 'hidden', 7)"), 1));
    WORLDS.add(
        world(List.of("(0, 'OMEGA', 'zero', 0)", "(2, 'BETA', '9', 10)", "(3, '', '', 1)"), 9000));
  }

  @AfterAll
  static void close() {
    for (World w : WORLDS) {
      w.member.close();
      w.owner.close();
      w.engine.close();
    }
  }

  /**
   * @param hidden rows before, among and behind the member's
   * @param times how often each
   */
  private static World world(List<String> hidden, int times) {
    Engine engine = Engine.open(EngineConfig.inMemory());
    Session owner = engine.login("default", "", ClientInfo.local());
    for (String table :
        List.of(
            "t:MergeTree ORDER BY (tenant, x) SAMPLE BY x",
            "u:MergeTree PARTITION BY x % 2 ORDER BY x SAMPLE BY x",
            "m:Memory",
            "l:TinyLog",
            "f:ReplacingMergeTree ORDER BY (tenant, x)",
            "s:SummingMergeTree((v)) ORDER BY x")) {
      String name = table.substring(0, 1);
      run(
          owner,
          "CREATE TABLE "
              + name
              + " (tenant UInt32, c LowCardinality(String), z String, x UInt32, v UInt32 DEFAULT 1,"
              + " d Array(LowCardinality(String)) DEFAULT [c], y UInt32 ALIAS x * 2) ENGINE = "
              + table.substring(2));
      if (name.equals("s")) {
        run(owner, "SYSTEM STOP MERGES s"); // rows of one key become one
      }
      for (String row : hidden) {
        run(owner, hiddenRows(name, row, times));
      }
      run(
          owner,
          "INSERT INTO "
              + name
              + " (tenant, c, z, x) SELECT 1, 'own' || toString(number % 3), toString(number),"
              + " number * 10 FROM numbers(30)");
      run(owner, hiddenRows(name, hidden.getLast(), 3 * times));
    }
    run(owner, "CREATE TABLE b AS t ENGINE = Buffer(default, t, 1, 10, 100, 10000, 1000000, 1, 1)");
    run(owner, "CREATE TABLE a ENGINE = Alias(default, t)");
    run(owner, "CREATE TABLE g AS t ENGINE = Merge(default, '^[tm]$')");
    run(owner, "CREATE VIEW vw AS SELECT * FROM m");
    run(owner, "CREATE MATERIALIZED VIEW mv TO t AS SELECT * FROM m");
    run(
        owner,
        "CREATE VIEW counted DEFINER = default SQL SECURITY DEFINER AS SELECT (SELECT count() FROM"
            + " t) > 0 AS any");
    run(owner, "CREATE USER member IDENTIFIED BY 'p'");
    run(owner, "GRANT SELECT ON default.* TO member");
    run(owner, "GRANT CHECK ON default.* TO member");
    run(owner, "GRANT READ ON REMOTE TO member");
    run(owner, "GRANT SELECT ON system.* TO member");
    for (String table : List.of("t", "u", "m", "l", "f", "s", "vw")) {
      run(owner, "CREATE ROW POLICY p ON " + table + " USING tenant = 1 TO member");
    }
    run(owner, "CREATE ROW POLICY p ON a USING v = 1 TO member");
    run(owner, "CREATE QUOTA q FOR INTERVAL 1 year MAX read_rows = 100000000 TO member");
    return new World(engine, owner, engine.login("member", "p", ClientInfo.local()));
  }

  private static String hiddenRows(String table, String row, int times) {
    String[] v = row.substring(1, row.length() - 1).split(", ");
    return "INSERT INTO "
        + table
        + " (tenant, c, z, x) SELECT "
        + v[0]
        + ", "
        + v[1]
        + " || toString(number), "
        + v[2]
        + ", "
        + v[3]
        + " + number FROM numbers("
        + times
        + ")";
  }

  private static List<String> run(Session session, String sql) {
    return answer(session, sql, Map.of()).rows;
  }

  /** All that a query tells: rows, dictionaries, error, counters and lines of the log. */
  private record Answer(
      List<String> rows,
      List<String> dictionaries,
      String error,
      List<Long> counters,
      Map<String, Long> events,
      List<String> log) {}

  private static Answer told(Session session, String sql) {
    return answer(session, sql, Map.of("send_logs_level", "test", "max_threads", "1"));
  }

  private static Answer answer(Session session, String sql, Map<String, String> settings) {
    List<String> rows = new ArrayList<>();
    List<String> dictionaries = new ArrayList<>();
    List<String> log = new ArrayList<>();
    var request =
        new QueryRequest(
            ByteText.encode(sql), "", settings, Map.of(), null, "TabSeparated", List.of());
    String error = "";
    RunningQuery query;
    try {
      query = session.start(request);
    } catch (LonghouseException e) {
      if (settings.isEmpty()) {
        throw e;
      }
      return new Answer(rows, dictionaries, e.code() + e.message(), List.of(), Map.of(), log);
    }
    try (query) {
      while (true) {
        Block b = query.next(10_000);
        if (b != null) {
          add(b, query, rows, dictionaries);
        } else if (query.isFinished()) {
          break;
        }
      }
    } catch (LonghouseException e) {
      if (settings.isEmpty()) {
        throw e;
      }
      error = e.code() + e.message();
      rows.clear(); // how many came before the error is a matter of time
      if (e.errorCode() == ErrorCode.TOO_MANY_ROWS_OR_BYTES) {
        return new Answer(rows, List.of(), error, List.of(), Map.of(), log); // so is all it counted
      }
    }
    query
        .takeLogs()
        .forEach(l -> log.add(l.source() + l.text().replaceAll("[0-9.]+ sec.*|\\{.*\\}", "")));
    Map<String, Long> events = new TreeMap<>(query.profileEvents());
    events.keySet().removeIf(e -> e.endsWith("Microseconds"));
    Progress.Snapshot p = query.progress();
    return new Answer(
        rows,
        dictionaries,
        error,
        List.of(
            p.readRows(),
            p.readBytes(),
            p.totalRowsToRead(),
            p.resultRows(),
            p.resultBytes(),
            p.peakMemoryUsage(),
            query.rowsBeforeLimit()),
        events,
        log);
  }

  private static void add(
      Block b, RunningQuery query, List<String> rows, List<String> dictionaries) {
    for (int c = 0; c < b.columnCount(); c++) {
      if (b.column(c) instanceof LowCardinalityColumn l) {
        Column d = l.dictionary();
        for (int i = 0; i < d.size(); i++) {
          dictionaries.add(io.longhouse.column.type.StringType.TYPE.textOf(d, i));
        }
      }
    }
    for (int row = 0; row < b.rows(); row++) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < b.columnCount(); c++) {
        cells.add(query.header().type(c).textOf(b.column(c).full(), row));
      }
      rows.add(String.join("\t", cells));
    }
  }

  private static Answer same(String sql) {
    Answer first = told(WORLDS.get(0).member, sql);
    Answer second = told(WORLDS.get(1).member, sql);
    assertThat(second).as(sql).isEqualTo(first);
    return first;
  }

  private static final List<String> SOURCES =
      List.of(
          "t",
          "u",
          "m",
          "l",
          "a",
          "b",
          "vw",
          "mv",
          "g",
          "f",
          "f FINAL",
          "s FINAL",
          "loopless",
          "merge('default', '^[tm]$')",
          "(SELECT * FROM t)",
          "view(SELECT * FROM u)");

  @Test
  void readsTellOneStoryInBothWorlds() {
    for (String source : SOURCES) {
      String from = source.equals("loopless") ? "t AS z1" : source;
      for (String q :
          List.of(
              "SELECT count() FROM %s",
              "SELECT count(), min(x), max(x), sum(v), uniqExact(c), any(c) FROM %s",
              "SELECT tenant, c, z, x, v, d FROM %s ORDER BY x",
              "SELECT c, count() FROM %s GROUP BY c ORDER BY c",
              "SELECT x FROM %s ORDER BY x DESC LIMIT 3",
              "SELECT z FROM %s ORDER BY x LIMIT 2, 3",
              "SELECT z FROM %s ORDER BY tenant DESC LIMIT 3",
              "SELECT c, z FROM %s WHERE v = 1 ORDER BY x DESC LIMIT 2",
              "SELECT z FROM %s ORDER BY v, z LIMIT 2",
              "SELECT count() FROM %s WHERE x = 50",
              "SELECT count() FROM %s WHERE c = 'BETA0' OR z = 'hidden'",
              "SELECT count() FROM %s WHERE x > 100 AND c LIKE 'own%%'",
              "SELECT count() FROM %s WHERE throwIf(c LIKE 'BETA%%') = 0",
              "SELECT sum(intDiv(100, x + 7)) FROM %s",
              "SELECT sum(throwIf(tenant != 1)) FROM %s",
              "SELECT sum(toUInt8OrZero(c)) FROM %s",
              "SELECT max(toUInt32(z)) FROM %s",
              "SELECT throwIf(x = 200) FROM %s",
              "SELECT sum(throwIf(x = 200)) FROM %s",
              "SELECT DISTINCT c FROM %s ORDER BY c",
              "SELECT x, c FROM %s ORDER BY c, x LIMIT 1 BY c",
              "SELECT count() FROM %s AS a JOIN t AS o ON a.x = o.x",
              "SELECT count() FROM %s WHERE x IN (SELECT x FROM t WHERE tenant != 1)",
              "SELECT count() FROM %s SETTINGS max_rows_to_read = 5",
              "SELECT x FROM %s SETTINGS max_rows_to_read = 5, read_overflow_mode = 'break'",
              "SELECT x FROM %s ORDER BY x LIMIT 2 SETTINGS max_rows_to_sort = 20",
              "SELECT x FROM %s SETTINGS max_result_rows = 3",
              "SELECT count() FROM %s SETTINGS max_bytes_to_read = 10",
              "SELECT sum(x), runningDifference(max(x)) FROM %s",
              "EXPLAIN SELECT count() FROM %s WHERE x = 1",
              "EXPLAIN indexes = 1 SELECT count() FROM %s WHERE x = 1",
              "EXPLAIN ESTIMATE SELECT count() FROM %s WHERE x = 1",
              "EXPLAIN PIPELINE SELECT count() FROM %s WHERE x = 1")) {
        same(q.formatted(from));
      }
    }
  }

  /** Which granules and parts the member's conditions leave out depends on who else is in them. */
  @Test
  void whatIndexesLeaveOutIsNotSeen() {
    for (int i = 0; i < WORLDS.size(); i++) {
      Session owner = WORLDS.get(i).owner;
      for (String engine : List.of("MergeTree", "ReplacingMergeTree")) {
        String name = "mixed_" + engine;
        run(
            owner,
            "CREATE TABLE "
                + name
                + " (tenant UInt32, x UInt32, v UInt32, w UInt32) ENGINE = "
                + engine
                + " PARTITION BY v % 2 ORDER BY (tenant, x) SETTINGS index_granularity = 4");
        run(
            owner,
            "INSERT INTO "
                + name
                + " SELECT if(number < 30, 1, number % 3 * 2), number, number % 30 + 50 * (number"
                + " >= 30), 0 FROM numbers("
                + (31 + 7 * i)
                + ")");
        run(owner, "CREATE ROW POLICY p ON " + name + " USING tenant = 1 TO member");
      }
    }
    for (String from :
        List.of("mixed_MergeTree", "mixed_ReplacingMergeTree", "mixed_ReplacingMergeTree FINAL")) {
      for (String condition :
          List.of(
              "tenant >= 2",
              "NOT (w > w OR tenant < 2)",
              "NOT (w > w OR x < 11)",
              "v > 40",
              "NOT (w > w OR v < 40)",
              "v % 2 = 1",
              "x BETWEEN 5 AND 9 AND v < 7")) {
        assertThat(same("SELECT count() FROM " + from + " WHERE " + condition).error).isEmpty();
        same("SELECT count() FROM " + from + " PREWHERE " + condition);
      }
    }
  }

  @Test
  void whereBlocksAndDictionariesEndIsNotSeen() {
    for (String from : List.of("t", "u", "m", "l", "b", "vw")) {
      for (String q :
          List.of(
              "SELECT x FROM %s LIMIT 1",
              "SELECT x, c FROM %s LIMIT 7",
              "SELECT x FROM %s WHERE x > 20 LIMIT 2, 3",
              "SELECT DISTINCT c FROM %s LIMIT 1",
              "SELECT c, d FROM %s",
              "SELECT lower(c), c || 'x' FROM %s",
              "SELECT blockSize(), blockNumber(), rowNumberInBlock(), x FROM %s",
              "SELECT rowNumberInAllBlocks(), runningDifference(x), neighbor(x, 1) FROM %s",
              "SELECT max(blockSize()), max(blockNumber()) FROM %s",
              "SELECT x FROM %s WHERE rowNumberInAllBlocks() < 3",
              "SELECT dumpColumnStructure(c), dumpColumnStructure(x) FROM %s LIMIT 1",
              "SELECT byteSize(c), byteSize(z, x) FROM %s",
              "SELECT (SELECT max(blockSize()) FROM %s)",
              "SELECT x, row_number() OVER (ORDER BY x) FROM %s ORDER BY x")) {
        Answer a = same(q.formatted(from));
        assertThat(a.dictionaries).noneMatch(s -> s.contains("BETA") || s.contains("OMEGA"));
      }
    }
  }

  @Test
  void whereARowStandsIsNotTold() {
    for (String column :
        List.of(
            "_part",
            "_part_index",
            "_part_offset",
            "_part_uuid",
            "_part_starting_offset",
            "_part_granule_offset",
            "_part_data_version",
            "_block_number",
            "_block_offset")) {
      for (String q :
          List.of(
              "SELECT %s FROM t",
              "SELECT count() FROM b WHERE %s = _part_offset",
              "SELECT x FROM u ORDER BY %s",
              "SELECT max(%s) FROM u")) {
        if (!q.contains(" b ")) {
          assertThat(same(q.formatted(column)).error).as(q + column).startsWith("497");
        }
      }
    }
    assertThat(
            same("SELECT DISTINCT _partition_id, _partition_value, _row_exists FROM u ORDER BY 1")
                .rows)
        .hasSize(1);
    assertThat(same("SELECT count() FROM u SAMPLE 10").error).startsWith("497");
    assertThat(same("SELECT count(), any(_sample_factor) FROM u SAMPLE 1/2").error).isEmpty();
  }

  @Test
  void lookUpsOfTheServerSayNothing() {
    for (String q :
        List.of(
            "SELECT name, total_rows, total_bytes, total_bytes_uncompressed, parts, active_parts,"
                + " total_marks, lifetime_rows, lifetime_bytes FROM system.tables WHERE database ="
                + " 'default' AND name != 'counted' ORDER BY name",
            "SELECT table, name, data_compressed_bytes, data_uncompressed_bytes, marks_bytes FROM"
                + " system.columns WHERE database = 'default' ORDER BY table, name",
            "SELECT count() FROM system.parts WHERE database = 'default'",
            "SELECT count() FROM system.parts_columns WHERE database = 'default'",
            "SELECT count() FROM system.detached_parts WHERE database = 'default'",
            "SELECT count() FROM system.mutations",
            "SELECT count() FROM system.merges WHERE database = 'default'",
            "SELECT x FROM loop(t) LIMIT 40",
            "SELECT any, (SELECT count() FROM t) FROM counted",
            "SELECT (SELECT count() FROM t), any FROM counted")) {
      Answer a = same(q);
      assertThat(a.error).as(q).isEmpty();
    }
    assertThat(same("CHECK TABLE t").error).contains("Row policies hide rows of default.t");
  }

  @Test
  void aSubqueryThatIsLookedUpForEachRowRunsOnItsOwnRowsToo() {
    for (String q :
        List.of(
            "SELECT count() FROM t AS o WHERE EXISTS (SELECT 1 FROM u AS i WHERE i.x = o.x AND"
                + " throwIf(i.c LIKE 'BETA%') = 0)",
            "SELECT count() FROM t AS o WHERE NOT EXISTS (SELECT 1 FROM vw AS i WHERE i.x = o.x AND"
                + " throwIf(i.tenant != 1) = 0)",
            "SELECT sum((SELECT max(throwIf(i.tenant != 1)) FROM u AS i WHERE i.x = o.x)) FROM t AS"
                + " o")) {
      assertThat(same(q).error).as(q).isEmpty();
    }
  }

  @Test
  void quotasAreChargedForVisibleRows() {
    List<Long> before = WORLDS.stream().map(HiddenRowsTest::readRows).toList();
    for (String from : List.of("t", "u", "m", "b", "f FINAL")) {
      same("SELECT count() FROM %s WHERE v = 0".formatted(from));
      same("SELECT sum(x) FROM %s WHERE x < 100".formatted(from));
      same("SELECT z FROM %s ORDER BY x DESC LIMIT 3".formatted(from));
    }
    for (int i = 0; i < WORLDS.size(); i++) {
      assertThat(readRows(WORLDS.get(i)) - before.get(i)).isBetween(200L, 450L);
    }
    assertThat(readRows(WORLDS.get(0)) - before.get(0))
        .isEqualTo(readRows(WORLDS.get(1)) - before.get(1));
  }

  private static long readRows(World w) {
    return Long.parseLong(run(w.member, "SELECT read_rows FROM system.quota_usage").getFirst());
  }

  @Test
  void writingTellsNothingEither() {
    for (World w : WORLDS) {
      run(
          w.owner,
          "CREATE TABLE i AS m ENGINE = MergeTree ORDER BY (tenant, x) SETTINGS"
              + " parts_to_throw_insert = 4, parts_to_delay_insert = 4");
      run(w.owner, "SYSTEM STOP MERGES i");
      run(w.owner, "CREATE ROW POLICY p ON i USING tenant = 1 TO member");
      run(w.owner, "GRANT INSERT, ALTER UPDATE, ALTER DELETE ON i TO member");
      run(w.owner, "INSERT INTO i (tenant, c, x) SELECT tenant, c, x FROM m WHERE tenant != 1");
      run(w.owner, "CREATE TABLE copy AS m ENGINE = MergeTree ORDER BY (tenant, x)");
      run(w.owner, "GRANT ALL ON copy TO member");
      run(w.owner, "REVOKE CREATE ROW POLICY ON copy FROM member");
    }
    for (String q :
        List.of(
            "INSERT INTO i (c, x) VALUES ('own', 3), ('own', 4)",
            "INSERT INTO i (tenant, c, x) SELECT tenant, c, x FROM t WHERE x < 100",
            "SELECT count(), sum(x) FROM i",
            "INSERT INTO i (tenant, x) SELECT 2, throwIf(x = 5) FROM t",
            "ALTER TABLE copy ATTACH PARTITION tuple() FROM i",
            "ALTER TABLE copy REPLACE PARTITION tuple() FROM i",
            "ALTER TABLE i MOVE PARTITION tuple() TO TABLE copy",
            "SELECT count() FROM copy",
            "INSERT INTO i (c, x) VALUES ('own', 4)",
            "INSERT INTO i (c, x) VALUES ('own', 5)",
            "SELECT table_name, table_rows, data_length FROM information_schema.tables WHERE"
                + " table_schema = 'default' ORDER BY 1")) {
      same(q);
    }
    assertThat(same("SELECT count() FROM copy").rows).containsExactly("0");
    assertThat(same("SELECT count() FROM i").rows).containsExactly("13");
    for (World w : WORLDS) {
      run(w.owner, "DROP TABLE i");
      run(w.owner, "DROP TABLE copy");
    }
  }

  @Test
  void theWorldsDiffer() {
    for (String q :
        List.of("SELECT count() FROM t", "SELECT x FROM m LIMIT 1", "SELECT c FROM u")) {
      assertThat(told(WORLDS.get(0).owner, q)).isNotEqualTo(told(WORLDS.get(1).owner, q));
    }
  }

  @Test
  void theReaderIsToldWhatItReadItself() {
    assertThat(same("SELECT sum(x) FROM t").counters.getFirst()).isEqualTo(30);
    assertThat(same("SELECT sum(x) FROM t WHERE v = 0").counters.getFirst()).isEqualTo(30);
    assertThat(same("SELECT x FROM t WHERE v = 0").counters.getFirst()).isEqualTo(30);
    assertThat(same("SELECT sum(x) FROM t WHERE x < 50").counters.getFirst()).isEqualTo(5);
    assertThat(same("SELECT count() FROM m WHERE x < 50").counters.getFirst()).isEqualTo(30);
    World w = WORLDS.get(1);
    run(w.owner, "CREATE USER reader IDENTIFIED BY 'p'");
    run(w.owner, "GRANT SELECT(x) ON t TO reader");
    run(w.owner, "GRANT SELECT ON u TO reader");
    run(w.owner, "CREATE ROW POLICY r ON t, u USING tenant = 1 TO reader");
    Session reader = w.engine.login("reader", "p", ClientInfo.local());
    assertThatThrownBy(() ->
            run(
                reader,
                "SELECT count() FROM u AS o WHERE EXISTS (SELECT z FROM t WHERE t.x = o.x)"))
        .hasMessageContaining("SELECT ON default.t");
    assertThat(
            run(
                reader,
                "SELECT count() FROM u AS o WHERE EXISTS (SELECT 1 FROM t WHERE t.x = o.x)"))
        .containsExactly("30");
  }
}
