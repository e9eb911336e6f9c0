package io.longhouse.cluster.distributed.insert;

import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.system.SystemColumns;
import io.longhouse.engine.system.SystemTable;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** {@code system.distribution_queue}: what Distributed tables have not sent yet. */
@Register(
    kind = SystemTable.class,
    name = "distribution_queue",
    doc = "Blocks that INSERTs into Distributed tables have left to be sent.")
final class DistributionQueueTable extends SystemTable<DistributionQueueTable.Row> {
  record Row(TableId table, QueueFolder.Status status) {}

  DistributionQueueTable() {
    super(
        "distribution_queue",
        new SystemColumns<Row>()
            .text("database", r -> r.table().database())
            .text("table", r -> r.table().name())
            .text("data_path", r -> r.status().path())
            .flag("is_blocked", r -> r.status().blocked())
            .number("error_count", r -> r.status().errors())
            .number("data_files", r -> r.status().files())
            .number("data_compressed_bytes", r -> r.status().bytes())
            .number("broken_data_files", r -> r.status().brokenFiles())
            .number("broken_data_compressed_bytes", r -> r.status().brokenBytes())
            .text("last_exception", r -> r.status().error() == null ? "" : r.status().error())
            .add(
                "last_exception_time",
                "DateTime",
                r ->
                    r.status().errorTime() == null ? 0L : r.status().errorTime().getEpochSecond()));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    List<Row> rows = new ArrayList<>();
    for (Table t : context.require(Catalog.class).openTables()) {
      if (t instanceof Queued q) {
        InsertQueue queue = q.insertQueue();
        if (queue != null) {
          queue.status().forEach(s -> rows.add(new Row(t.id(), s)));
        }
      }
    }
    return rows;
  }
}
