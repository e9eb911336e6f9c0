package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** {@code system.keywords}: the words of the grammar, one in each line of {@code keywords.txt}. */
@Register(kind = SystemTable.class, name = "keywords", doc = "The words of the grammar.")
final class KeywordsTable extends SystemTable<String> {
  KeywordsTable() {
    super("keywords", new SystemColumns<String>().text("keyword", k -> k));
  }

  static List<String> all() {
    var resource = Objects.requireNonNull(KeywordsTable.class.getResourceAsStream("keywords.txt"));
    try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Iterable<String> rows(QueryContext context) {
    return all();
  }
}
