package io.longhouse.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What {@code EXPLAIN indexes = 1} says behind {@code Indexes:}, as ClickHouse 26.7 says it. */
class ExplainIndexesTest {
  @Test
  void namesKeysConditionsPartsAndGranules() throws IOException {
    String all;
    try (var in =
        Objects.requireNonNull(
            ExplainIndexesTest.class.getResourceAsStream("explain_indexes.txt"))) {
      all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String[] blocks = all.split("### ");
    Map<String, String> found = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    var config =
        new EngineConfig(null, 1, 0, ZoneId.of("Europe/Moscow"), Map.of(), Map.of(), Map.of());
    try (var db = new Statements(config)) {
      blocks[0].lines().filter(l -> !l.isBlank()).forEach(db::run);
      for (int i = 1; i < blocks.length; i++) {
        String query = blocks[i].lines().findFirst().orElseThrow();
        expected.put(query, blocks[i].substring(query.length()).strip());
        found.put(query, indexes(db.run(query)));
      }
    }
    assertThat(found).isEqualTo(expected).hasSizeGreaterThan(20);
  }

  private static String indexes(List<String> plan) {
    var out = new StringBuilder();
    int base = -1;
    for (String line : plan) {
      int indent = line.length() - line.replaceFirst("^[│└├─ ]*", "").length();
      if (base < 0 && line.endsWith("Indexes:")) {
        base = indent;
      } else if (base >= 0 && indent > base) {
        out.append(line.substring(base + 2)).append('\n');
      }
    }
    return out.toString().strip();
  }
}
