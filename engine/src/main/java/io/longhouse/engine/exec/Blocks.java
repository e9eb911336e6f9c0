package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Capacity;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.MemoryTracker;
import io.longhouse.column.StringColumn;
import io.longhouse.column.Turns;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Several blocks as one. */
public final class Blocks {
  private Blocks() {}

  /** All rows of the blocks, whose columns have the header's types, in one block. */
  public static Block concat(List<Block> blocks, Header header) {
    if (blocks.size() == 1) {
      return blocks.getFirst();
    }
    long all = 0;
    long bytes = 0;
    for (Block b : blocks) {
      all += b.rows();
      bytes += b.retainedBytes();
    }
    if (all > Capacity.MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_ARRAY_SIZE,
          "Cannot hold " + all + " rows together in memory, maximum: " + Capacity.MAX);
    }
    MemoryTracker.growing(0, bytes);
    int rows = (int) all;
    Column[] columns = new Column[header.size()];
    for (int i = 0; i < columns.length; i++) {
      Turns.between();
      int at = i;
      if (blocks.stream().allMatch(b -> b.column(at) instanceof StringColumn)) {
        columns[i] =
            StringColumn.concat(blocks.stream().map(b -> (StringColumn) b.column(at)).toList());
        continue;
      }
      ColumnBuilder out = header.type(i).newBuilder(rows);
      for (Block b : blocks) {
        out.appendRange(b.column(i), 0, b.rows());
      }
      columns[i] = out.build();
    }
    return new Block(columns, rows);
  }

  /** The block's rows in another order or choice. */
  public static Block gather(Block block, int[] rows, int count) {
    MemoryTracker.growing(0, block.retainedBytes() / Math.max(1, block.rows()) * count);
    Column[] columns = new Column[block.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      Turns.between();
      columns[i] = block.column(i).gather(rows, count);
    }
    return new Block(columns, count);
  }
}
