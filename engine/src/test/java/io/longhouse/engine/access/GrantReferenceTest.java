package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Statements drawn by chance, run by ClickHouse 26.7 and here: SHOW GRANTS says the same. Lines of
 * the resource are statements, {@code S}, or what SHOW GRANTS FOR their user gave, {@code E}.
 */
class GrantReferenceTest {
  @Test
  void showGrantsSaysWhatClickHouseSays() throws Exception {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    List<String> statements = new ArrayList<>();
    var resource =
        Objects.requireNonNull(GrantReferenceTest.class.getResourceAsStream("grants_26_7.tsv"));
    try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text = line.substring(2);
        String user = text.replaceFirst(".* (?:TO|FROM) (u\\d+).*", "$1");
        List<String> of = expected.computeIfAbsent(user, _ -> new ArrayList<>());
        (line.startsWith("S") ? statements : of).add(text);
      }
    }
    assertThat(expected).hasSizeGreaterThan(100);
    try (var db = new Statements(EngineConfig.inMemory())) {
      expected.keySet().forEach(u -> db.run("CREATE USER " + u));
      statements.forEach(db::run);
      expected.forEach((user, grants) -> assertThat(shown(db, user)).as(user).isEqualTo(grants));
    }
  }

  /** Without the privileges on tenants, which ClickHouse does not have. */
  private static List<String> shown(Statements db, String user) {
    return db.run("SHOW GRANTS FOR " + user).stream()
        .map(g -> g.replaceAll(", (CREATE|ALTER|DROP|SHOW) TENANTS?", ""))
        .toList();
  }
}
