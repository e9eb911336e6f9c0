package io.longhouse.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.registry.Registry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SystemTablesTest {
  private static Statements db;

  @BeforeAll
  static void open() {
    db = new Statements(EngineConfig.inMemory());
    db.run(
        "CREATE TABLE t (d Date, a UInt8 DEFAULT 1 COMMENT 'x', b String CODEC(ZSTD(1)), e UInt8"
            + " ALIAS a, f DateTime64(3) MATERIALIZED now(), CONSTRAINT q CHECK a < 4)"
            + " ENGINE = MergeTree PARTITION BY d ORDER BY (a, d) COMMENT 'hi'");
    db.run("INSERT INTO t (a) VALUES (1)");
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @Test
  void everyTableCanBeRead() {
    for (Registry.Entry e : Registry.of(SystemTable.class).entries()) {
      long rows = db.run("SELECT * FROM system." + e.name()).size();
      assertThat(db.run("SELECT count() FROM system." + e.name() + " WHERE NOT ignore(*)"))
          .as(e.name())
          .hasSize(1);
      assertThat(rows).as(e.name()).isGreaterThanOrEqualTo(0);
    }
  }

  @Test
  void aTableTellsItsKeysAndDefinition() {
    assertThat(
            db.run(
                "SELECT engine, partition_key, sorting_key, primary_key, total_rows, comment,"
                    + " engine_full FROM system.tables WHERE name = 't'"))
        .containsExactly(
            "MergeTree\td\ta, d\ta, d\t1\thi\tMergeTree PARTITION BY d ORDER BY (a, d) SETTINGS"
                + " index_granularity = 8192");
    assertThat(db.run("SHOW CREATE TABLE t"))
        .containsExactly(
            """
            CREATE TABLE default.t
            (
                `d` Date,
                `a` UInt8 DEFAULT 1 COMMENT 'x',
                `b` String CODEC(ZSTD(1)),
                `e` UInt8 ALIAS a,
                `f` DateTime64(3) MATERIALIZED now(),
                CONSTRAINT q CHECK a < 4
            )
            ENGINE = MergeTree
            PARTITION BY d
            ORDER BY (a, d)
            SETTINGS index_granularity = 8192
            COMMENT 'hi'\
            """);
  }

  @Test
  void aFilterOnOneColumnKeepsTheOthersInStep() {
    assertThat(
            db.run(
                "SELECT name, type, position, default_kind, default_expression, numeric_precision,"
                    + " datetime_precision, is_in_primary_key FROM system.columns WHERE database ="
                    + " 'default' AND table = 't' AND position IN (2, 5)"))
        .containsExactly(
            "a\tUInt8\t2\tDEFAULT\t1\t8\t\\N\t1",
            "f\tDateTime64(3)\t5\tMATERIALIZED\tnow()\t\\N\t3\t0");
  }

  @Test
  void describeAndShowColumnsAgreeWithClickHouse() {
    assertThat(db.run("DESCRIBE t"))
        .containsExactly(
            "d\tDate\t\t\t\t\t",
            "a\tUInt8\tDEFAULT\t1\tx\t\t",
            "b\tString\t\t\t\tZSTD(1)\t",
            "e\tUInt8\tALIAS\ta\t\t\t",
            "f\tDateTime64(3)\tMATERIALIZED\tnow()\t\t\t");
    assertThat(db.run("DESCRIBE (SELECT 1 AS x, 'a')"))
        .containsExactly("x\tUInt8\t\t\t\t\t", "'a'\tString\t\t\t\t\t");
    assertThat(db.run("SHOW FULL COLUMNS FROM t LIKE 'a'"))
        .containsExactly("a\tUInt8\tNO\tPRI SOR\t1\t\t\\N\tx\t");
    assertThat(db.run("SHOW FULL TABLES")).containsExactly("t\tMergeTree");
    assertThat(db.run("EXISTS TABLE t")).containsExactly("1");
    assertThat(db.run("EXISTS VIEW t")).containsExactly("0");
  }

  @Test
  void aUserDefinedFunctionIsListedAndDropped() {
    db.run("CREATE FUNCTION twice AS x -> x * 2");
    assertThat(db.run("SELECT twice(21)")).containsExactly("42");
    assertThat(db.run("SELECT create_query FROM system.functions WHERE name = 'twice'"))
        .containsExactly("CREATE FUNCTION twice AS x -> (x * 2)");
    db.run("DROP FUNCTION twice");
    assertThat(db.run("SELECT count() FROM system.functions WHERE name = 'twice'"))
        .containsExactly("0");
  }

  @Test
  void wordsToCompleteAreThoseOfTheCatalogAndTheRegistries() {
    assertThat(
            db.run(
                "SELECT word, context, belongs FROM system.completions WHERE word IN ('t', 'd',"
                    + " 'sum', 'CSV', 'MergeTree', 'numbers', 'SELECT', 'max_threads') AND (belongs"
                    + " IS NULL OR belongs IN ('default', 't')) GROUP BY ALL ORDER BY ALL"))
        .containsExactly(
            "CSV\tformat\t\\N",
            "MergeTree\ttable engine\t\\N",
            "SELECT\tkeyword\t\\N",
            "d\tcolumn\tt",
            "max_threads\tsetting\t\\N",
            "numbers\ttable function\t\\N",
            "sum\tfunction\t\\N",
            "t\ttable\tdefault");
  }

  @Test
  void eventsCountQueriesByKindAndOutcome() {
    String events =
        "SELECT groupArray(value) FROM (SELECT value FROM system.events WHERE event IN"
            + " ('SelectQuery', 'FailedSelectQuery', 'InsertQuery', 'InsertedRows') ORDER BY"
            + " event)";
    db.run("INSERT INTO t (a) SELECT 1 WHERE 0");
    long[] before = numbers(db.run(events).getFirst());
    db.run("INSERT INTO t (a) VALUES (2), (3)");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> db.run("SELECT * FROM nowhere"));
    long[] after = numbers(db.run(events).getFirst());
    int at = before.length == after.length ? 0 : 1; // the first failure makes its event
    assertThat(after[0] - (at == 0 ? before[0] : 0)).isEqualTo(1); // FailedSelectQuery
    assertThat(after[1] - before[1 - at]).isEqualTo(1); // InsertQuery
    assertThat(after[2] - before[2 - at]).isEqualTo(2); // InsertedRows
    assertThat(after[3] - before[3 - at]).isEqualTo(2); // SelectQuery: the failed one, and this
  }

  private static long[] numbers(String array) {
    return java.util.Arrays.stream(array.replaceAll("[\\[\\]]", "").split(","))
        .mapToLong(Long::parseLong)
        .toArray();
  }
}
