package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.embedded.Connection;
import io.longhouse.embedded.Longhouse;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * TPC-H at scale 0.01 is answered as ClickHouse 26.7 answers it over the same rows. Rows and
 * queries come from the generator's own library. Without ClickHouse (see {@code
 * compat/peers/chdb.mjs}) the queries still have to run, on what the loading test proves to be
 * there.
 */
class TpchTest {
  private static final double SCALE = 0.01;
  private static final int QUERIES = 22;

  @TempDir static Path folder;
  private static Longhouse database;
  private static List<String> expected;

  @BeforeAll
  static void load() throws IOException {
    for (TpchTable<?> table : TpchTable.getTables()) {
      write(table);
    }
    database = Longhouse.open(folder.resolve("longhouse"));
    for (String sql : statements(resource("/tpch/tables.sql"))) {
      database.execute(sql);
    }
    try (Connection c = database.connect()) {
      for (TpchTable<?> table : TpchTable.getTables()) {
        try (InputStream rows = Files.newInputStream(file(table))) {
          c.insert("INSERT INTO " + table.getTableName() + " FORMAT TabSeparated", rows);
        }
      }
    }
    expected = ClickHouse.answers();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static Path file(TpchTable<?> table) {
    return folder.resolve(table.getTableName() + ".tsv");
  }

  /** A line ends with a separator too, which TabSeparated has not. */
  private static void write(TpchTable<?> table) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file(table))) {
      for (TpchEntity row : table.createGenerator(SCALE, 1, 1)) {
        String line = row.toLine();
        out.append(line.substring(0, line.length() - 1).replace('|', '\t')).append('\n');
      }
    }
  }

  private static String resource(String name) {
    try (InputStream in = TpchTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> statements(String script) {
    return Arrays.stream(script.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** The statements of a query; 15 makes a view first. Typed decimal literals are not our SQL. */
  private static List<String> query(int number) {
    return statements(
        resource("/io/trino/tpch/queries/q" + number + ".sql")
            .replaceAll("(?m)^--.*$", "")
            .replace("decimal '0.06' - decimal '0.01'", "0.05")
            .replace("decimal '0.06' + decimal '0.01'", "0.07"));
  }

  static IntStream queries() {
    return IntStream.rangeClosed(1, QUERIES);
  }

  @Test
  void everyRowIsLoaded() throws IOException {
    for (TpchTable<?> table : TpchTable.getTables()) {
      try (Stream<String> lines = Files.lines(file(table))) {
        assertThat(database.query("SELECT count() FROM " + table.getTableName()).first().getLong(0))
            .as(table.getTableName())
            .isEqualTo(lines.count());
      }
    }
  }

  @ParameterizedTest(name = "query {0}")
  @MethodSource("queries")
  void answersLikeClickHouse(int number) {
    String answer = "";
    for (String sql : query(number)) {
      answer = database.query(sql).toString();
    }
    Assumptions.assumeFalse(expected.isEmpty(), ClickHouse.MISSING);
    assertThat(answer).isEqualTo(expected.get(number - 1));
  }

  /** What 26.7 says to the same queries over the same files. */
  private static final class ClickHouse {
    static final String MISSING = "ClickHouse 26.7 is not installed: run compat/peers/install chdb";
    private static final String SEPARATOR = "---- next ----";

    /** One answer a query; none where it is not installed. */
    static List<String> answers() throws IOException {
      Path packages =
          Path.of(System.getenv().getOrDefault("LONGHOUSE_PEERS", "../.cache/peers"))
              .toAbsolutePath();
      if (!Files.isDirectory(packages.resolve("node_modules/chdb"))) {
        System.err.println(MISSING);
        return List.of();
      }
      List<String> command = new ArrayList<>(List.of("node", "peers/chdb.mjs", "-f"));
      command.add("TabSeparated");
      command.addAll(statements(resource("/tpch/tables.sql")));
      for (TpchTable<?> table : TpchTable.getTables()) {
        command.add(
            "INSERT INTO %s FROM INFILE '%s' FORMAT TabSeparated"
                .formatted(table.getTableName(), file(table)));
      }
      for (int i = 1; i <= QUERIES; i++) {
        command.addAll(query(i));
        command.add("SELECT '" + SEPARATOR + "'");
      }
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("LONGHOUSE_PEERS", packages.toString());
      Process p = builder.start();
      String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(p.onExit().join().exitValue()).as("ClickHouse's exit code").isZero();
      List<String> answers = List.of(out.split(SEPARATOR + "\n"));
      assertThat(answers).as("ClickHouse's answers").hasSize(QUERIES);
      return answers;
    }
  }
}
