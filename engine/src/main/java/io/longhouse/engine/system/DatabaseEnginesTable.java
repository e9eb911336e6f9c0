package io.longhouse.engine.system;

import io.longhouse.engine.catalog.DatabaseEngine;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import java.util.ArrayList;
import java.util.List;

/** {@code system.database_engines}. */
@Register(kind = SystemTable.class, name = "database_engines", doc = "All database engines.")
final class DatabaseEnginesTable extends SystemTable<DatabaseEnginesTable.Row> {
  record Row(String name, String doc) {}

  DatabaseEnginesTable() {
    super(
        "database_engines",
        new SystemColumns<Row>().text("name", Row::name).documentation(Row::doc));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "Atomic", "Definitions on disk; tables are found by UUID and renamed in one step."));
    rows.add(new Row("Memory", "Definitions end with the process."));
    for (Registry.Entry e : Registry.of(DatabaseEngine.class).entries()) {
      rows.add(new Row(e.name(), e.doc()));
    }
    return rows;
  }
}
