package io.longhouse.engine.system;

import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.TemporaryTables;
import io.longhouse.engine.table.Table;
import java.util.ArrayList;
import java.util.List;

/** All tables that a query can see: those of all databases, and its session's temporary ones. */
record TableRows(Table table, boolean temporary) {
  static List<TableRows> all(QueryContext context) {
    List<TableRows> rows = new ArrayList<>();
    for (Database d : context.require(Catalog.class).databases()) {
      for (Table t : d.tables()) {
        rows.add(new TableRows(t, false));
      }
    }
    TemporaryTables temporary = context.service(TemporaryTables.class);
    if (temporary != null) {
      temporary.all().forEach(t -> rows.add(new TableRows(t, true)));
    }
    return rows;
  }
}
