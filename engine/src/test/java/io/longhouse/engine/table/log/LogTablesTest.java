package io.longhouse.engine.table.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTablesTest {
  private static final String COLUMNS =
      "(a UInt8, b String, n Nullable(UInt16), `x.y` Array(UInt8), `x.z` Array(String))";
  private static final List<String> ROWS =
      List.of("1\ta\t\\N\t[1,2]\t['p','q']", "2\tbb\t7\t[]\t[]", "3\tc\t1\t[1]\t['z']");

  @TempDir Path folder;

  private static InputStream resource(String name) {
    return Objects.requireNonNull(LogTablesTest.class.getResourceAsStream(name), name);
  }

  /** The files of {@code resources} were written by ClickHouse 26.7 with two INSERTs. */
  @ParameterizedTest
  @ValueSource(strings = {"Log", "TinyLog", "StripeLog"})
  void filesOfClickHouseAreReadAndAppendedTo(String engine) throws Exception {
    Path data;
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE TABLE l " + COLUMNS + " ENGINE = " + engine);
      data = Path.of(db.run("SELECT data_paths[1] FROM system.tables WHERE name = 'l'").getFirst());
    }
    String files =
        new String(resource(engine + "/files.txt").readAllBytes(), StandardCharsets.UTF_8);
    for (String f : files.split("\n")) {
      try (var in = resource(engine + "/" + f)) {
        Files.copy(in, data.resolve(f), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (var db = new Statements(EngineConfig.at(folder))) {
      assertThat(db.run("SELECT * FROM l")).containsExactlyElementsOf(ROWS);
      assertThat(db.run("SELECT x.z, a FROM l WHERE a > 1")).containsExactly("[]\t2", "['z']\t3");
      db.run("INSERT INTO l (a, b) VALUES (9, 'new')");
    }
    try (var db = new Statements(EngineConfig.at(folder))) {
      assertThat(db.run("SELECT a, b FROM l ORDER BY a")).endsWith("3\tc", "9\tnew").hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Log", "TinyLog", "StripeLog"})
  void bytesBehindTheListedSizesAreCutOff(String engine) throws Exception {
    String file = engine.equals("StripeLog") ? "data.bin" : "a.bin";
    Path data;
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE TABLE l " + COLUMNS + " ENGINE = " + engine);
      db.run("INSERT INTO l (a) VALUES (1)");
      data = Path.of(db.run("SELECT data_paths[1] FROM system.tables WHERE name = 'l'").getFirst());
    }
    long size = Files.size(data.resolve(file));
    Files.write(data.resolve(file), new byte[100], java.nio.file.StandardOpenOption.APPEND);
    try (var db = new Statements(EngineConfig.at(folder))) {
      assertThat(db.run("SELECT a FROM l")).containsExactly("1");
      assertThat(Files.size(data.resolve(file))).isEqualTo(size);
      db.run("INSERT INTO l (a) SELECT number FROM numbers(200000)");
      assertThat(db.run("SELECT count(), max(a), sum(a = 7) FROM l"))
          .containsExactly("200001\t255\t782");
      db.run("TRUNCATE TABLE l");
      assertThat(db.run("SELECT count() FROM l")).containsExactly("0");
    }
  }
}
