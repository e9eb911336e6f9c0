package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.ByteWriter;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.parser.Parser;
import io.longhouse.sql.parser.ParserLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The project's SQL corpus: {@code name.sql} prints {@code name.reference}, which ClickHouse 26.7
 * wrote. With {@code LONGHOUSE_GOLDEN} naming folders of ClickHouse's own tests, a share of those
 * must pass too.
 */
class CorpusTest {
  @TestFactory
  List<DynamicTest> corpus() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/corpus"))) {
      for (Path sql : files.filter(p -> p.toString().endsWith(".sql")).sorted().toList()) {
        String name = sql.getFileName().toString().replace(".sql", "");
        for (var variant : VARIANTS.entrySet()) {
          tests.add(
              DynamicTest.dynamicTest(
                  name + " " + variant.getKey(),
                  () ->
                      assertThat(run(Files.readString(sql), variant.getValue()))
                          .isEqualTo(Files.readString(sql.resolveSibling(name + ".reference")))));
        }
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  /** The same answers whatever the number of threads and the size of inserted blocks. */
  private static final Map<String, Map<String, String>> VARIANTS =
      Map.of(
          "as usual", Map.of(),
          "one thread", Map.of("max_threads", "1"),
          "small blocks", Map.of("max_insert_block_size", "7", "max_block_size", "7"));

  /**
   * Of the scripts in the folders of {@code LONGHOUSE_GOLDEN} (separated by colons) at least half
   * have to pass, or the percentage that {@code LONGHOUSE_GOLDEN_RATE} says.
   */
  @Test
  void golden() throws IOException {
    String folders = System.getenv("LONGHOUSE_GOLDEN");
    Assumptions.assumeTrue(
        folders != null && !folders.isEmpty(),
        "skipped: LONGHOUSE_GOLDEN names no folders of *.sql and *.reference");
    String rate = System.getenv("LONGHOUSE_GOLDEN_RATE");
    double percentMin = rate == null || rate.isEmpty() ? 50 : Double.parseDouble(rate);
    int total = 0;
    int passed = 0;
    for (String folder : folders.split(":")) {
      GoldenFiles.Outcome o = GoldenFiles.run(Path.of(folder));
      int good = o.total() - o.failed().size();
      System.out.println(folder + ": " + good + " of " + o.total() + " pass; not " + o.failed());
      total += o.total();
      passed += good;
    }
    assertThat(total).isPositive();
    assertThat(100.0 * passed / total).isGreaterThanOrEqualTo(percentMin);
  }

  private static String run(String script, Map<String, String> settings) {
    try (Engine engine = Engine.open(EngineConfig.inMemory());
        Session session = engine.login("default", "", ClientInfo.local())) {
      settings.forEach(session.settings()::set);
      var out = new ByteWriter(1024);
      int from = 0;
      while (!script.substring(from).isBlank()) {
        int end = Parser.parseNext(script, from, ParserLimits.DEFAULT).end();
        execute(session, script.substring(from, end), out);
        from = end;
      }
      return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
  }

  /** What a statement prints; of one that fails the error alone, whatever came before it. */
  private static void execute(Session session, String sql, ByteWriter out) {
    var rows = new ByteWriter(1 << 12);
    try {
      GoldenFiles.execute(session, sql, rows);
      out.writeBytes(rows.toByteArray());
    } catch (LonghouseException e) {
      out.writeText("error " + e.name() + "\n");
    }
  }
}
