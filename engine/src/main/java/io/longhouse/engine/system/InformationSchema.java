package io.longhouse.engine.system;

import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.catalog.MemoryDatabase;
import io.longhouse.engine.catalog.TableEntry;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.view.PlainView;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.parser.Parser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The databases {@code information_schema} and {@code INFORMATION_SCHEMA}: the standard's views of
 * the system tables. Each view is there in lower and upper case, and so is each of its columns.
 * They stand in {@code information_schema.tsv}: view, column, type, expression; one line of each
 * view says what it reads. The views are made when the database is first looked into.
 */
public final class InformationSchema extends MemoryDatabase {
  private boolean made;

  public InformationSchema(String name) {
    super(name, "Memory", UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), "");
  }

  @Override
  public synchronized @Nullable Table find(String table) {
    make();
    return super.find(table);
  }

  @Override
  public synchronized Collection<TableEntry> entries() {
    make();
    return super.entries();
  }

  private record Column(String name, String type, String expression) {}

  private record View(String from, List<Column> columns) {}

  private void make() {
    if (made) {
      return;
    }
    made = true;
    read()
        .forEach((name, view) -> {
          addLoaded(view(name, view));
          addLoaded(view(name.toUpperCase(Locale.ROOT), view));
        });
  }

  private static Map<String, View> read() {
    Map<String, List<Column>> columns = new LinkedHashMap<>();
    Map<String, String> sources = new LinkedHashMap<>();
    var resource =
        Objects.requireNonNull(
            InformationSchema.class.getResourceAsStream("information_schema.tsv"));
    try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] f = line.split("\t");
        if (f[1].equals("FROM")) {
          sources.put(f[0], f[3]);
        } else {
          columns.computeIfAbsent(f[0], _ -> new ArrayList<>()).add(new Column(f[1], f[2], f[3]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, View> views = new LinkedHashMap<>();
    sources.forEach(
        (name, from) -> views.put(name, new View(from, columns.getOrDefault(name, List.of()))));
    return views;
  }

  private PlainView view(String name, View view) {
    List<ColumnDefinition> definitions = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (boolean upper : new boolean[] {false, true}) {
      for (Column c : view.columns) {
        String shown = upper ? c.name.toUpperCase(Locale.ROOT) : c.name;
        definitions.add(ColumnDefinition.of(shown, DataTypes.of(Parser.parseType(c.type))));
        items.add("CAST(" + c.expression + " AS " + c.type + ") AS `" + shown + "`");
      }
    }
    String sql =
        "CREATE VIEW `"
            + name()
            + "`.`"
            + name
            + "` AS SELECT "
            + String.join(", ", items)
            + " FROM "
            + view.from;
    return new PlainView(
        TableId.of(name(), name), definitions, (CreateView) Parser.parseStatement(sql).statement());
  }
}
