package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.function.expr.Program;
import org.jspecify.annotations.Nullable;

/** Keeps the rows for which a condition holds. */
public final class FilterLane implements Lane {
  private final Lane input;
  private final Program condition;

  public FilterLane(Lane input, Program condition) {
    this.input = input;
    this.condition = condition;
  }

  @Override
  public @Nullable Block next() {
    Block block = input.next();
    return block == null || block.rows() == 0 ? block : filter(block, condition);
  }

  @Override
  public boolean keepsNothing() {
    return input.keepsNothing();
  }

  @Override
  public void close() {
    input.close();
  }

  /** The rows of a block for which the program's one result is true. */
  public static Block filter(Block block, Program condition) {
    Column c = condition.evaluate(block)[0];
    if (c instanceof ConstColumn k) {
      boolean all = isTrue(k.value());
      return all ? block : block.select(new int[0], 0);
    }
    int[] selected = new int[block.rows()];
    int count = select(c, block.rows(), selected);
    return block.select(selected, count);
  }

  private static boolean isTrue(Column value) {
    return select(value.plain(), 1, new int[1]) == 1;
  }

  /** Writes the rows where the column is neither 0 nor NULL and answers how many there are. */
  public static int select(Column condition, int rows, int[] out) {
    return switch (condition) {
      case Int8Column c -> selectBytes(c.values(), rows, out);
      case NullableColumn c -> selectNullable(c, rows, out);
      case LowCardinalityColumn c -> select(c.plain(), rows, out);
      case ConstColumn c -> select(c.full(), rows, out);
      case Int16Column _, Int32Column _, Int64Column _ -> selectLongs(condition, rows, out);
      case Float32Column _, Float64Column _ -> selectDoubles(condition, rows, out);
      default ->
          throw new io.longhouse.sql.LonghouseException(
              io.longhouse.sql.ErrorCode.ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER,
              "Illegal type of column for filter. Must be UInt8 or Nullable(UInt8)");
    };
  }

  private static int selectBytes(byte[] v, int rows, int[] out) {
    int n = 0;
    for (int i = 0; i < rows; i++) {
      out[n] = i;
      n += v[i] != 0 ? 1 : 0;
    }
    return n;
  }

  private static int selectNullable(NullableColumn c, int rows, int[] out) {
    int n = select(c.values(), rows, out);
    byte[] nulls = c.nulls();
    int kept = 0;
    for (int i = 0; i < n; i++) {
      out[kept] = out[i];
      kept += nulls[out[i]] == 0 ? 1 : 0;
    }
    return kept;
  }

  private static int selectLongs(Column c, int rows, int[] out) {
    long[] v = new long[rows];
    io.longhouse.column.type.Numbers.toLongs(c, 0, rows, true, v);
    int n = 0;
    for (int i = 0; i < rows; i++) {
      out[n] = i;
      n += v[i] != 0 ? 1 : 0;
    }
    return n;
  }

  private static int selectDoubles(Column c, int rows, int[] out) {
    double[] v = new double[rows];
    io.longhouse.column.type.Numbers.toDoubles(c, 0, rows, true, v);
    int n = 0;
    for (int i = 0; i < rows; i++) {
      out[n] = i;
      n += v[i] != 0 ? 1 : 0;
    }
    return n;
  }
}
