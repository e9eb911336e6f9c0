package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.system.SystemTable;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.registry.Registry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The system tables of all modules together. */
class SystemTableColumnsTest {
  @Test
  void namesTypesAndOrderOfColumnsAreThoseOfClickHouse() throws Exception {
    Map<String, List<String>> expected = new TreeMap<>();
    var resource =
        Objects.requireNonNull(
            SystemTableColumnsTest.class.getResourceAsStream("columns_26_7.tsv"));
    try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(l -> l.split("\t"))
          .forEach(
              f -> expected.computeIfAbsent(f[0], _ -> new ArrayList<>()).add(f[1] + " " + f[2]));
    }
    Map<String, List<String>> found = new TreeMap<>();
    for (Registry.Entry e : Registry.of(SystemTable.class).entries()) {
      SystemTable<?> t = Objects.requireNonNull(Registry.of(SystemTable.class).find(e.name()));
      if (expected.containsKey(e.name())) {
        found.put(
            e.name(),
            t.columns().stream()
                .filter(ColumnDefinition::isStored)
                .map(c -> c.name() + " " + withoutTenants(c.type().name()))
                .toList());
      }
    }
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((table, columns) -> assertThat(columns).as(table).isEqualTo(expected.get(table)));
  }

  /** Privileges on tenants stand behind those that ClickHouse has. */
  private static String withoutTenants(String type) {
    return type.replaceAll(", '(CREATE|ALTER|DROP|SHOW) TENANTS?' = \\d+", "");
  }
}
