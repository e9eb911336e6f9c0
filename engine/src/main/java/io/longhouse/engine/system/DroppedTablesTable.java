package io.longhouse.engine.system;

import io.longhouse.engine.catalog.DroppedTables;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** {@code system.dropped_tables}. */
@Register(
    kind = SystemTable.class,
    name = "dropped_tables",
    doc = "Tables that UNDROP TABLE can bring back.")
final class DroppedTablesTable extends SystemTable<DroppedTablesTable.Row> {
  /** A dropped table with its place in the order of removal. */
  record Row(int index, DroppedTables.Dropped dropped) {}

  DroppedTablesTable() {
    super(
        "dropped_tables",
        new SystemColumns<Row>()
            .add("index", "UInt32", Row::index)
            .text("database", r -> r.dropped.id().database())
            .text("table", r -> r.dropped.id().name())
            .add("uuid", "UUID", r -> r.dropped.id().uuid())
            .text("engine", r -> DroppedTables.engine(r.dropped))
            .text("metadata_dropped_path", r -> r.dropped.file())
            .add("table_dropped_time", "DateTime", r -> r.dropped.removal()));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    List<Row> rows = new ArrayList<>();
    DroppedTables dropped = context.service(DroppedTables.class);
    if (dropped != null) {
      for (DroppedTables.Dropped d : dropped.all()) {
        rows.add(new Row(rows.size(), d));
      }
    }
    return rows;
  }
}
