package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.memory.MemoryTable;
import java.util.List;

/**
 * The rows of an INSERT that are under way, in the place of the table they go to: one block after
 * another, for a plan that is made once. How many rows there are is not known to the planner.
 */
final class InsertedRows implements Table {
  private final Table table;
  private volatile Block block;

  InsertedRows(Table table, Block first) {
    this.table = table;
    this.block = first;
  }

  /** What the next reads find. */
  void next(Block rows) {
    block = rows;
  }

  @Override
  public TableId id() {
    return table.id();
  }

  @Override
  public String engine() {
    return "Memory";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return table.columns();
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    var rows = new MemoryTable(id(), columns(), null);
    rows.add(List.of(block));
    return rows.scan(request, context);
  }
}
