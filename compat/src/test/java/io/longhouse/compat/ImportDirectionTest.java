package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A module names only modules below it, whatever the build would let it see. */
class ImportDirectionTest {
  private static final Map<String, Set<String>> MAY_NAME =
      Map.ofEntries(
          Map.entry("registry", Set.of()),
          Map.entry("sql", Set.of()),
          Map.entry("tenancy", Set.of("sql")),
          Map.entry("column", Set.of("registry", "sql")),
          Map.entry("function", Set.of("registry", "sql", "column")),
          Map.entry("format", Set.of("registry", "sql", "column", "function")),
          Map.entry("storage", Set.of("registry", "sql", "column", "function")),
          Map.entry(
              "engine",
              Set.of("registry", "sql", "tenancy", "column", "function", "format", "storage")),
          Map.entry("wire", Set.of("registry", "sql", "column", "engine")),
          Map.entry(
              "client",
              Set.of("registry", "sql", "column", "function", "format", "engine", "wire")),
          Map.entry(
              "cluster",
              Set.of(
                  "registry",
                  "sql",
                  "tenancy",
                  "column",
                  "function",
                  "format",
                  "storage",
                  "engine",
                  "wire")),
          Map.entry(
              "server",
              Set.of(
                  "registry",
                  "sql",
                  "tenancy",
                  "column",
                  "function",
                  "format",
                  "storage",
                  "engine",
                  "wire",
                  "cluster",
                  "client")),
          Map.entry(
              "embedded",
              Set.of(
                  "registry",
                  "sql",
                  "tenancy",
                  "column",
                  "function",
                  "format",
                  "storage",
                  "engine",
                  "wire",
                  "cluster",
                  "client",
                  "server")));

  private static final Pattern NAME = Pattern.compile("io\\.longhouse\\.([a-z]+)\\b");

  @Test
  void modulesNameOnlyModulesBelowThem() throws IOException {
    List<String> wrong = new ArrayList<>();
    int files = 0;
    for (String module : MAY_NAME.keySet()) {
      try (Stream<Path> walk = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : walk.filter(p -> p.toString().endsWith(".java")).toList()) {
          files++;
          check(module, file, wrong);
        }
      }
    }
    assertThat(files).isGreaterThan(500);
    assertThat(wrong).isEmpty();
  }

  private static void check(String module, Path file, List<String> wrong) throws IOException {
    for (String line : Files.readAllLines(file)) {
      Matcher m = NAME.matcher(line);
      while (m.find()) {
        String named = m.group(1);
        boolean allowed = named.equals(module) || MAY_NAME.get(module).contains(named);
        if (MAY_NAME.containsKey(named) && !allowed) {
          wrong.add(module + " names " + named + " in " + file.getFileName() + ": " + line.strip());
        }
      }
    }
  }
}
