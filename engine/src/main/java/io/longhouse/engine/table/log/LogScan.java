package io.longhouse.engine.table.log;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.Pipelines;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A read of a Log table: blocks are handed out to the lanes. */
final class LogScan implements Scan {
  private final LogTable table;
  private final List<ColumnDefinition> columns;
  private final QueryContext context;
  private final List<StoredBlock> blocks;

  LogScan(LogTable table, List<ColumnDefinition> columns, QueryContext context) {
    this.table = table;
    this.columns = columns;
    this.context = context;
    this.blocks = table.blocks();
  }

  @Override
  public long rowsToRead() {
    return blocks.stream().mapToLong(StoredBlock::rows).sum();
  }

  @Override
  public List<Lane> lanes(int parallelism) {
    context.progress().totalRowsToRead.add(rowsToRead());
    var next = new AtomicInteger();
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < AppendedTable.lanes(blocks, parallelism); i++) {
      lanes.add(new LogLane(next));
    }
    return lanes;
  }

  private final class LogLane implements Lane {
    private final AtomicInteger next;
    private final List<StoredColumn> open = new ArrayList<>();
    private long rowsLeft;

    LogLane(AtomicInteger next) {
      this.next = next;
    }

    @Override
    public @Nullable Block next() {
      if (rowsLeft == 0) {
        close();
        int at = next.getAndIncrement();
        if (at >= blocks.size()) {
          return null;
        }
        StoredBlock b = blocks.get(at);
        columns.forEach(c -> open.add(new StoredColumn(table, c, b)));
        rowsLeft = b.rows();
      }
      int rows = (int) Math.min(rowsLeft, Pipelines.BLOCK_ROWS);
      List<Column> read = new ArrayList<>();
      open.forEach(c -> read.add(c.read(rows)));
      rowsLeft -= rows;
      var block = new Block(read, rows);
      context.progress().readRows.add(rows);
      context.progress().readBytes.add(block.retainedBytes());
      return block;
    }

    @Override
    public void close() {
      open.forEach(StoredColumn::close);
      open.clear();
    }
  }
}
