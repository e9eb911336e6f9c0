package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Makes one row of all rows of a key. Rows are collected, as sources give few at a time, and then
 * each column is treated as a whole.
 */
final class GroupingCombiner implements MergeMode.RowCombiner {
  private static final int BATCH_ROWS = 8192;

  private final ColumnBuilder[] collected;
  private final List<GroupedColumns> parts;
  private final int[] sums;
  private boolean[] sameKeys = new boolean[BATCH_ROWS];
  private int rows;

  /** Whether group 0 began in an earlier batch. */
  private boolean open;

  /**
   * @param parts cover all columns
   * @param sums places of columns of numbers: a row where all of them are zero goes; none to keep
   *     all rows
   */
  GroupingCombiner(List<DataType> types, List<GroupedColumns> parts, List<Integer> sums) {
    this.collected =
        types.stream().map((DataType t) -> t.newBuilder(0)).toArray(ColumnBuilder[]::new);
    this.parts = List.copyOf(parts);
    this.sums = sums.stream().mapToInt(i -> i).toArray();
  }

  @Override
  public void add(Column[] source, int from, int length, boolean[] sameKey, MergeMode.Output out) {
    if (rows + length > sameKeys.length) {
      sameKeys = Arrays.copyOf(sameKeys, Math.max(rows + length, 2 * sameKeys.length));
    }
    System.arraycopy(sameKey, 0, sameKeys, rows, length);
    for (int i = 0; i < collected.length; i++) {
      collected[i].appendRange(source[i], from, length);
    }
    rows += length;
    if (rows >= BATCH_ROWS) {
      combine(out, false);
    }
  }

  @Override
  public void end(MergeMode.Output out) {
    if (rows > 0 || open) {
      combine(out, true);
    }
  }

  private void combine(MergeMode.Output out, boolean last) {
    Column[] columns = new Column[collected.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = collected[i].build();
    }
    int[] groups = new int[rows];
    int[] firsts = new int[rows];
    int newGroups = 0;
    int group = open ? 0 : -1;
    for (int r = 0; r < rows; r++) {
      if (!sameKeys[r] || group < 0) {
        group++;
        firsts[newGroups++] = r;
      }
      groups[r] = group;
    }
    int total = group + 1;
    int finished = last ? total : total - 1;
    Column[] result = new Column[columns.length];
    for (GroupedColumns p : parts) {
      if (rows > 0) {
        p.add(columns, rows, groups, firsts, newGroups, total);
      }
      Column[] taken = p.take(finished, total);
      for (int i = 0; i < taken.length; i++) {
        result[p.places()[i]] = taken[i];
      }
    }
    rows = 0;
    open = finished < total;
    emit(result, finished, out);
  }

  private void emit(Column[] result, int count, MergeMode.Output out) {
    if (sums.length == 0) {
      if (count > 0) {
        out.copy(result, 0, count);
      }
      return;
    }
    for (int r = 0; r < count; r++) {
      boolean zero = true;
      for (int i = 0; zero && i < sums.length; i++) {
        zero = isZero(result[sums[i]], r);
      }
      if (!zero) {
        out.copy(result, r, 1);
      }
    }
  }

  /** Whether a number is zero, or for Nullable NULL. */
  static boolean isZero(Column c, int row) {
    return switch (c) {
      case Int8Column v -> v.values()[row] == 0;
      case Int16Column v -> v.values()[row] == 0;
      case Int32Column v -> v.values()[row] == 0;
      case Int64Column v -> v.values()[row] == 0;
      case Float32Column v -> v.values()[row] == 0;
      case Float64Column v -> v.values()[row] == 0;
      case WideColumn v -> isZero(v, row);
      case LowCardinalityColumn v -> v.isNullAt(row) || isZero(v.dictionary(), v.indexes()[row]);
      default -> c.isNullAt(row);
    };
  }

  private static boolean isZero(WideColumn v, int row) {
    long any = 0;
    for (int w = 0; w < v.wordsPerValue(); w++) {
      any |= v.words()[row * v.wordsPerValue() + w];
    }
    return any == 0;
  }
}
