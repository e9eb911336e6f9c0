package io.longhouse.engine.table.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTablesTest {
  @TempDir Path folder;
  private Path files;

  @BeforeEach
  void files() throws IOException {
    files = folder.resolve("user_files");
    Files.createDirectories(files.resolve("d/e"));
    Files.writeString(files.resolve("t1.csv"), "1,x\n2,y\n");
    Files.writeString(files.resolve("t2.csv"), "3,z\n");
    Files.writeString(files.resolve("d/e/t03.csv"), "4,w\n");
  }

  private Statements server() {
    return new Statements(
        new EngineConfig(
            folder.resolve("data"),
            1,
            0,
            null,
            Map.of(),
            Map.of(),
            Map.of("user_files_path", files.toString())));
  }

  private static String csv(String path) {
    return "file('" + path + "', CSV, 'a UInt8, b String')";
  }

  private static int code(Statements db, String sql) {
    try {
      db.run(sql);
      return 0;
    } catch (LonghouseException e) {
      return e.code();
    }
  }

  @Test
  void patternsNameFiles() {
    try (var db = server()) {
      for (String p : new String[] {"t{1,2}.csv", "t?.csv", "t*.csv", "t{1..2}.csv", "t[12].csv"}) {
        assertThat(code(db, "SELECT * FROM " + csv(p))).isEqualTo(p.contains("[") ? 107 : 0);
      }
      assertThat(db.run("SELECT *, _file FROM " + csv("t{1..2}.csv") + " ORDER BY a"))
          .containsExactly("1\tx\tt1.csv", "2\ty\tt1.csv", "3\tz\tt2.csv");
      assertThat(
              db.run(
                  "SELECT groupArray(a) FROM (SELECT a FROM " + csv("**/t*.csv") + " ORDER BY a)"))
          .containsExactly("[1,2,3,4]");
      assertThat(db.run("SELECT a FROM " + csv("d/*/t{01..04}.csv"))).containsExactly("4");
      assertThat(db.run("SELECT a FROM " + csv("d/e"))).containsExactly("4");
      assertThat(db.run("SELECT a FROM " + csv("none*.csv"))).isEmpty();
      assertThat(db.run("SELECT _path, _size, count() FROM " + csv("t2.csv") + " GROUP BY ALL"))
          .containsExactly(files.resolve("t2.csv") + "\t4\t1");
    }
  }

  @Test
  void errorsAreThoseOfClickHouse() {
    try (var db = server()) {
      assertThat(code(db, "SELECT * FROM " + csv("nope.csv"))).isEqualTo(107);
      assertThat(code(db, "SELECT * FROM " + csv("/etc/passwd"))).isEqualTo(291);
      assertThat(code(db, "SELECT * FROM " + csv("../x.csv"))).isEqualTo(291);
      assertThat(code(db, "INSERT INTO FUNCTION " + csv("../x.csv") + " VALUES (1, '')"))
          .isEqualTo(291);
      assertThat(code(db, "CREATE TABLE x (a UInt8) ENGINE = File(CSV, '/etc/passwd')"))
          .isEqualTo(291);
      assertThat(code(db, "SELECT * FROM file('t1.csv', 'Foo', 'a UInt8')")).isEqualTo(73);
      assertThat(code(db, "SELECT * FROM file()")).isEqualTo(42);
      assertThat(code(db, "SELECT * FROM file('t1.csv', CSV, 'a UInt8, b String', 'foo')"))
          .isEqualTo(48);
      assertThat(code(db, "SELECT * FROM file('t1.csv', CSV, 'a UInt8, b String', 'gzip')"))
          .isEqualTo(354);
      assertThat(code(db, "INSERT INTO FUNCTION " + csv("o*.csv") + " VALUES (1, '')"))
          .isEqualTo(291);
    }
  }

  @Test
  void rowsAreAppendedAndFormatsWithAnEndAreNot() throws IOException {
    try (var db = server()) {
      for (String packed : new String[] {"", ".gz", ".zst", ".lz4"}) {
        String f = csv("o.csv" + packed);
        db.run("INSERT INTO FUNCTION " + f + " VALUES (1, 'q')");
        db.run("INSERT INTO FUNCTION " + f + " VALUES (2, 'q')");
        assertThat(db.run("SELECT a FROM " + f)).containsExactly("1", "2");
      }
      String br = csv("o.csv.br");
      db.run("INSERT INTO FUNCTION " + br + " SELECT number % 9, 'q' FROM numbers(100000)");
      assertThat(db.run("SELECT count(), sum(a) FROM " + br)).containsExactly("100000\t399996");
      assertThat(Files.size(files.resolve("o.csv.br"))).isLessThan(10000);
      // Nothing may follow the end of a stream of brotli.
      db.run("INSERT INTO FUNCTION " + br + " VALUES (1, 'q')");
      assertThat(code(db, "SELECT count() FROM " + br)).isEqualTo(448);
      assertThat(code(db, "INSERT INTO FUNCTION " + csv("o.csv.xz") + " VALUES (1, 'q')"))
          .isEqualTo(48);
      assertThat(files.resolve("o.csv.xz")).doesNotExist();
      assertThat(files.resolve("o.csv")).hasContent("1,\"q\"\n2,\"q\"\n");
      String json = "INSERT INTO FUNCTION file('o.json', JSON, 'a UInt8') ";
      db.run(json + "VALUES (3)");
      assertThat(code(db, json + "VALUES (4)")).isEqualTo(641);
      db.run(json + "SETTINGS engine_file_allow_create_multiple_files = 1 VALUES (5)");
      assertThat(Files.readString(files.resolve("o.1.json"))).contains("\"a\": 5");
      db.run(json + "SETTINGS engine_file_truncate_on_insert = 1 VALUES (6)");
      assertThat(Files.readString(files.resolve("o.json"))).contains("\"a\": 6");
    }
  }

  @Test
  void aFailedInsertLeavesTheFileAsItWas() throws IOException {
    try (var db = server()) {
      String into = "INSERT INTO FUNCTION " + csv("t1.csv");
      assertThatThrownBy(
              () -> db.run(into + " SELECT number, throwIf(number = 99999) FROM numbers(100000)"))
          .isInstanceOf(LonghouseException.class);
      assertThat(files.resolve("t1.csv")).hasContent("1,x\n2,y\n");
    }
  }

  @Test
  void partitionsGoToFilesOfTheirOwn() {
    try (var db = server()) {
      String f = "file('p/{_partition_id}/x.csv', CSV, 'a UInt8, b String')";
      db.run("INSERT INTO FUNCTION " + f + " PARTITION BY b VALUES (1, 'q'), (2, 'r'), (3, 'q')");
      assertThat(db.run("SELECT a FROM " + csv("p/q/x.csv"))).containsExactly("1", "3");
      assertThat(code(db, "INSERT INTO FUNCTION " + f + " PARTITION BY b VALUES (1, '../x')"))
          .isEqualTo(6);
    }
  }

  @Test
  void aFileTableIsThereAfterARestart() {
    try (var db = server()) {
      db.run("CREATE TABLE own (a UInt8, b UInt8 DEFAULT a + 1) ENGINE = File(JSONEachRow)");
      assertThat(code(db, "SELECT * FROM own")).isEqualTo(107);
      db.run("INSERT INTO own (a) VALUES (1), (2)");
      db.run("CREATE TABLE named (a UInt8, b String) ENGINE = File(CSV, 't1.csv')");
      db.run("CREATE TABLE f AS file('t2.csv', 'CSV', 'a UInt8, b String')");
    }
    try (var db = server()) {
      assertThat(db.run("SELECT * FROM own")).containsExactly("1\t2", "2\t3");
      assertThat(db.run("SELECT sum(a) FROM named")).containsExactly("3");
      assertThat(db.run("SELECT * FROM f")).containsExactly("3\tz");
      assertThat(db.run("SHOW CREATE TABLE named").getFirst())
          .endsWith("ENGINE = File('CSV', 't1.csv')");
      assertThat(db.run("SHOW CREATE TABLE f").getFirst())
          .endsWith("AS file('t2.csv', 'CSV', 'a UInt8, b String')");
      db.run("TRUNCATE TABLE own");
      assertThat(db.run("SELECT * FROM own")).isEmpty();
      db.run("DROP TABLE own");
    }
  }

  @Test
  void columnsThatNobodyNamedAreFound() {
    try (var db = server()) {
      assertThat(db.run("DESCRIBE file('t1.csv')"))
          .containsExactly("c1\tNullable(Int64)\t\t\t\t\t", "c2\tNullable(String)\t\t\t\t\t");
      assertThat(db.run("SELECT c2 FROM file('t{1,2}.csv') ORDER BY c1"))
          .containsExactly("x", "y", "z");
      db.run("CREATE TABLE found ENGINE = File(CSV, 't2.csv')");
      assertThat(db.run("SELECT c1 + 1, c2 FROM found")).containsExactly("4\tz");
      db.run("INSERT INTO FUNCTION file('new.tsv') SELECT 3 AS q, 'x' AS w");
      assertThat(db.run("SELECT * FROM file('new.tsv', TSV, 'a UInt8, b String')"))
          .containsExactly("3\tx");
      assertThat(db.run("SELECT a + 1 FROM format(JSONEachRow, '{\"a\":1}')")).containsExactly("2");
      assertThat(code(db, "SELECT * FROM file('none*.csv')")).isEqualTo(636);
    }
  }

  @Test
  void whoMayReadTheTableNeedNotBeAllowedToReadFiles() {
    var config =
        new EngineConfig(
            null, 1, 0, null, Map.of(), Map.of(), Map.of("user_files_path", files.toString()));
    try (Engine engine = Engine.open(config);
        Session admin = engine.login("default", "", ClientInfo.local())) {
      for (String sql :
          new String[] {
            "CREATE TABLE f AS " + csv("t1.csv"),
            "CREATE USER reader",
            "GRANT SELECT ON default.f TO reader"
          }) {
        admin.start(QueryRequest.of(sql)).close();
      }
      try (Session reader = engine.login("reader", "", ClientInfo.local())) {
        reader.start(QueryRequest.of("SELECT * FROM default.f")).close();
        for (String sql :
            new String[] {
              "SELECT * FROM " + csv("t1.csv"),
              "SELECT file('t1.csv')",
              "INSERT INTO FUNCTION " + csv("t1.csv") + " SELECT 1, ''",
              "INSERT INTO default.f SELECT 1, ''",
              "CREATE TABLE g AS " + csv("t1.csv")
            }) {
          assertThatThrownBy(() -> reader.start(QueryRequest.of(sql)).close())
              .isInstanceOfSatisfying(
                  LonghouseException.class, e -> assertThat(e.code()).as(sql).isEqualTo(497));
        }
      }
    }
  }

  @Test
  void inputReadsTheRowsOfTheInsert() {
    try (var db = server()) {
      db.run("CREATE TABLE t (a UInt8, b String) ENGINE = Memory");
      db.run(
          "INSERT INTO t SELECT x + 1, y FROM input('x UInt8, y String') WHERE x > 5"
              + " FORMAT CSV 5,a\n6,b\n7,c");
      assertThat(db.run("SELECT * FROM t ORDER BY a")).containsExactly("7\tb", "8\tc");
    }
  }

  @Test
  void randomRowsAreTheSameForTheSameSeed() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      String rows =
          "FROM generateRandom('a Nullable(UInt8), s String, l LowCardinality(String), n Nested(x"
              + " UInt8), d Decimal(76, 5), t Tuple(Date32, DateTime64(3)), m Map(String,"
              + " Float64)', 7, 4, 2) LIMIT 100000";
      String hash = "SELECT sum(cityHash64(*)) FROM (SELECT * " + rows + ")";
      assertThat(db.run(hash)).isEqualTo(db.run(hash));
      assertThat(
              db.run(
                  "SELECT max(length(s)), max(length(n.x)), min(d) > -1e71, max(d) < 1e71,"
                      + " abs(countIf(a IS NULL) / count() - 1 / 16) < 0.01, uniqExact(a), min(t.1)"
                      + " >= '1900-01-01', max(t.1) <= '2299-12-31' FROM (SELECT * "
                      + rows
                      + ")"))
          .containsExactly("4\t2\t1\t1\t1\t256\t1\t1");
      assertThat(db.run("SELECT s FROM (SELECT s, m " + rows + ") LIMIT 1"))
          .isEqualTo(db.run("SELECT s FROM (SELECT * " + rows + ") LIMIT 1"));
    }
  }
}
