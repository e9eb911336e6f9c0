package io.longhouse.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Statements with the answers of ClickHouse 26.7, from the test resources. */
public final class Corpus {
  private Corpus() {}

  /** A statement, formatQuerySingleLine of it, and formatQuery. */
  public record Entry(String statement, String oneLine, String lines) {}

  public static List<Entry> statements() {
    var entries = new ArrayList<Entry>();
    for (String block : read("statements.txt").split("(?m)^%%% ")) {
      if (!block.isEmpty()) {
        String[] parts = block.split("\n=== ", 2);
        String[] texts = parts[1].split("\n", 2);
        entries.add(new Entry(parts[0], texts[0], texts[1].stripTrailing()));
      }
    }
    return entries;
  }

  public static List<String> lines(String resource) {
    return read(resource).lines().filter(line -> !line.isBlank()).toList();
  }

  private static String read(String resource) {
    try (InputStream in = Corpus.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
