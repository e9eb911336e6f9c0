package io.longhouse.engine.system;

import io.longhouse.column.type.TypeFactory;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.format.InputFormatFactory;
import io.longhouse.format.OutputFormatFactory;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.registry.Register;
import io.longhouse.storage.MergeTreeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code system.completions}: what a shell can offer while a person types. */
@Register(
    kind = SystemTable.class,
    name = "completions",
    doc = "Words to complete while a person types.")
final class CompletionsTable extends SystemTable<CompletionsTable.Row> {
  /**
   * Columns of so many tables: to open all of a large server's would take long, and which of them
   * others have open is not to be told.
   */
  private static final int TABLES_MAX = 1000;

  /**
   * @param belongs the database of a table, the table of a column, null elsewhere
   */
  record Row(String word, String context, @Nullable String belongs) {}

  CompletionsTable() {
    super(
        "completions",
        new SystemColumns<Row>()
            .text("word", Row::word)
            .text("context", Row::context)
            .add("belongs", "Nullable(String)", Row::belongs));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    List<Row> rows = new ArrayList<>();
    addCatalog(context, rows);
    add("function", names(FunctionFactory.class, AggregateFactory.class), rows);
    add("table engine", names(TableEngine.class), rows);
    add("format", names(InputFormatFactory.class, OutputFormatFactory.class), rows);
    add("table function", names(TableFunction.class), rows);
    add("data type", names(TypeFactory.class), rows);
    Settings.table().all().forEach(d -> rows.add(new Row(d.name(), "setting", null)));
    add("merge tree setting", MergeTreeSettings.definitions().keySet(), rows);
    add("keyword", KeywordsTable.all(), rows);
    rows.add(new Row("default", "policy", null));
    return rows;
  }

  private static void addCatalog(QueryContext context, List<Row> rows) {
    SessionAccess access = context.require(SessionAccess.class);
    for (Database d : context.require(Catalog.class).databases()) {
      if (access.isGranted(Privilege.SHOW_DATABASES, d.name())) {
        rows.add(new Row(d.name(), "database", null));
      }
    }
    int tables = 0;
    for (TableRows r : TableRows.all(context)) {
      rows.add(new Row(r.name(), "table", r.database()));
      List<ColumnDefinition> columns = tables++ < TABLES_MAX ? r.table().columns() : List.of();
      for (ColumnDefinition c : columns) {
        if (access.isGranted(Privilege.SHOW_COLUMNS, r.database(), r.name(), c.name())) {
          rows.add(new Row(c.name(), "column", r.name()));
        }
      }
    }
  }

  private static Set<String> names(Class<?>... kinds) {
    Set<String> names = new TreeSet<>();
    for (Class<?> kind : kinds) {
      RegisteredName.of(kind).forEach(n -> names.add(n.name()));
    }
    return names;
  }

  private static void add(String context, Iterable<String> words, List<Row> rows) {
    words.forEach(w -> rows.add(new Row(w, context, null)));
  }
}
