package io.longhouse.engine.table.function;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Consecutive numbers, or zeros, made as they are read. */
public final class NumbersTable implements Table {
  /** Whatever {@code max_block_size} asks for: a column of a block stays of modest size. */
  private static final int BLOCK_ROWS_MAX = 1 << 18;

  private final TableId id;
  private final String column;
  private final DataType type;
  private final long offset;
  private final long count;
  private final long step;
  private final boolean parallel;

  /**
   * @param type UInt64 for numbers, UInt8 for zeros
   * @param count how many rows, unsigned
   */
  public NumbersTable(
      TableId id,
      String column,
      DataType type,
      long offset,
      long count,
      long step,
      boolean parallel) {
    this.id = id;
    this.column = column;
    this.type = type;
    this.offset = offset;
    this.count = count;
    this.step = step;
    this.parallel = parallel;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "SystemNumbers";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(ColumnDefinition.of(column, type));
  }

  @Override
  public OptionalLong totalRows() {
    return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    long wanted =
        request.limit() > 0 && Long.compareUnsigned(request.limit(), count) < 0
            ? request.limit()
            : count;
    return new Scan() {
      @Override
      public List<Lane> lanes(int parallelism) {
        context.progress().totalRowsToRead.add(Math.max(0, wanted));
        var next = new AtomicLong();
        long blockRows = context.settings().number("max_block_size");
        int rowsMax = (int) Math.clamp(blockRows, 1, BLOCK_ROWS_MAX);
        int width = parallel ? parallelism : 1;
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < width; i++) {
          lanes.add(() -> block(next, wanted, request.columns().size(), rowsMax, context));
        }
        return lanes;
      }

      @Override
      public long rowsToRead() {
        return wanted < 0 ? -1 : wanted;
      }
    };
  }

  private @Nullable Block block(
      AtomicLong next, long wanted, int columns, int rowsMax, QueryContext context) {
    long first = next.getAndAdd(rowsMax);
    if (Long.compareUnsigned(first, wanted) >= 0) {
      next.set(wanted);
      return null;
    }
    long left = wanted - first;
    int rows = left < 0 || left > rowsMax ? rowsMax : (int) left;
    context.progress().readRows.add(rows);
    context.progress().readBytes.add((long) rows * (type.equals(IntegerType.UINT8) ? 1 : 8));
    Column c =
        type.equals(IntegerType.UINT8)
            ? new ConstColumn(Int8Column.of((byte) 0), rows).full()
            : numbers(first, rows);
    Column[] all = new Column[columns];
    java.util.Arrays.fill(all, c);
    return new Block(all, rows);
  }

  private Column numbers(long first, int rows) {
    long[] v = new long[rows];
    long n = offset + first * step;
    for (int i = 0; i < rows; i++) {
      v[i] = n + i * step;
    }
    return new Int64Column(v, rows);
  }
}
