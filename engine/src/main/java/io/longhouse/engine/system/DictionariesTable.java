package io.longhouse.engine.system;

import io.longhouse.engine.dictionary.DictionaryTable;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** {@code system.dictionaries}. */
@Register(
    kind = SystemTable.class,
    name = "dictionaries",
    doc = "The dictionaries and how they are.")
final class DictionariesTable extends SystemTable<DictionaryTable.Status> {
  private static final String STATUS =
      "Enum8('NOT_LOADED' = 0, 'LOADED' = 1, 'FAILED' = 2, 'LOADING' = 3,"
          + " 'FAILED_AND_RELOADING' = 4, 'LOADED_AND_RELOADING' = 5, 'NOT_EXIST' = 6)";

  DictionariesTable() {
    super("dictionaries", numbers(names(new SystemColumns<>())));
  }

  private static SystemColumns<DictionaryTable.Status> names(
      SystemColumns<DictionaryTable.Status> columns) {
    return columns
        .text("database", s -> s.id().database())
        .text("name", s -> s.id().name())
        .add("uuid", "UUID", s -> s.id().uuid())
        .add("status", STATUS, DictionaryTable.Status::status)
        .text("origin", s -> s.id().uuid())
        .text("type", DictionaryTable.Status::type)
        .add("key.names", "Array(String)", s -> namesOf(s.keys()))
        .add("key.types", "Array(String)", s -> typesOf(s.keys()))
        .add("attribute.names", "Array(String)", s -> namesOf(s.attributes()))
        .add("attribute.types", "Array(String)", s -> typesOf(s.attributes()));
  }

  private static SystemColumns<DictionaryTable.Status> numbers(
      SystemColumns<DictionaryTable.Status> columns) {
    return columns
        .number("bytes_allocated", DictionaryTable.Status::bytes)
        .empty("hierarchical_index_bytes_allocated", "UInt64")
        .number("query_count", DictionaryTable.Status::asked)
        .add("hit_rate", "Float64", _ -> 1.0)
        .add("found_rate", "Float64", DictionaryTable.Status::foundRate)
        .number("element_count", DictionaryTable.Status::elements)
        .empty("load_factor", "Float64")
        .text("source", DictionaryTable.Status::source)
        .number("lifetime_min", DictionaryTable.Status::lifetimeMinSec)
        .number("lifetime_max", DictionaryTable.Status::lifetimeMaxSec)
        .add("loading_start_time", "DateTime", DictionaryTable.Status::loadingStart)
        .add("last_successful_update_time", "DateTime", DictionaryTable.Status::loadingStart)
        .number("error_count", DictionaryTable.Status::failures)
        .add("loading_duration", "Float32", DictionaryTable.Status::loadingSeconds)
        .text("last_exception", DictionaryTable.Status::lastException)
        .text("comment", DictionaryTable.Status::comment);
  }

  private static List<String> namesOf(List<ColumnDefinition> columns) {
    return columns.stream().map(ColumnDefinition::name).toList();
  }

  private static List<String> typesOf(List<ColumnDefinition> columns) {
    return columns.stream().map(c -> c.type().name()).toList();
  }

  @Override
  protected Iterable<DictionaryTable.Status> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected String tableColumn() {
    return "name";
  }

  @Override
  protected Iterable<DictionaryTable.Status> rows(QueryContext context, WantedNames names) {
    List<DictionaryTable.Status> rows = new ArrayList<>();
    for (TableRows t : TableRows.open(TableRows.all(context, names), context)) {
      if (t.table() instanceof DictionaryTable d) {
        boolean narrowed = t.isNarrowed(context);
        rows.add(narrowed ? d.status().withoutCounts() : d.status());
      }
    }
    return rows;
  }
}
