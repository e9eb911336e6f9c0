package io.longhouse.column.serial;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.SparseColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.NothingType;

/** Where a column holds the zero of its layout. */
public final class DefaultValues {
  private static final int COUNTED_WHOLE_ROWS_MAX = 1000;

  private DefaultValues() {}

  /** The first row of {@code [from, to)} that is not the default, or {@code to}. */
  static int next(Column column, int from, int to) {
    int i = from;
    switch (column) {
      case Int8Column c -> {
        while (i < to && c.values()[i] == 0) {
          i++;
        }
      }
      case Int16Column c -> {
        while (i < to && c.values()[i] == 0) {
          i++;
        }
      }
      case Int32Column c -> {
        while (i < to && c.values()[i] == 0) {
          i++;
        }
      }
      case Int64Column c -> {
        while (i < to && c.values()[i] == 0) {
          i++;
        }
      }
      case Float32Column c -> {
        while (i < to && Float.floatToRawIntBits(c.values()[i]) == 0) {
          i++;
        }
      }
      case Float64Column c -> {
        while (i < to && Double.doubleToRawLongBits(c.values()[i]) == 0) {
          i++;
        }
      }
      case StringColumn c -> {
        while (i < to && c.offsets()[i + 1] == c.offsets()[i]) {
          i++;
        }
      }
      default -> {
        while (i < to && isDefault(column, i)) {
          i++;
        }
      }
    }
    return i;
  }

  private static boolean isDefault(Column column, int row) {
    return switch (column) {
      case WideColumn c -> {
        long all = 0;
        int w = c.wordsPerValue();
        for (int k = row * w; k < row * w + w; k++) {
          all |= c.words()[k];
        }
        yield all == 0;
      }
      case FixedBytesColumn c -> {
        int all = 0;
        for (int k = row * c.width(); k < (row + 1) * c.width(); k++) {
          all |= c.bytes()[k];
        }
        yield all == 0;
      }
      case ArrayColumn c -> c.lengthAt(row) == 0;
      case NullableColumn c -> c.nulls()[row] != 0;
      case LowCardinalityColumn c -> isDefault(c.dictionary(), c.indexes()[row]);
      case ConstColumn c -> isDefault(c.value(), 0);
      case SparseColumn c -> c.valueIndex(row) < 0;
      case TupleColumn c -> c.elements().stream().allMatch(e -> isDefault(e, row));
      case Int8Column _,
          Int16Column _,
          Int32Column _,
          Int64Column _,
          Float32Column _,
          Float64Column _,
          StringColumn _ ->
          next(column, row, row + 1) > row;
    };
  }

  /** How many rows hold the default. */
  public static int count(Column column) {
    if (column instanceof SparseColumn s) {
      return s.size() - s.values().size();
    }
    if (column instanceof ConstColumn c) {
      return isDefault(c.value(), 0) ? c.size() : 0;
    }
    int rows = column.size();
    int others = 0;
    for (int i = next(column, 0, rows); i < rows; i = next(column, i + 1, rows)) {
      others++;
    }
    return rows - others;
  }

  /**
   * How many rows hold the default, counted in every tenth row of a long column: the same number
   * that ClickHouse notes in {@code serialization.json}.
   */
  public static long estimate(Column column) {
    long rows = column.size();
    if (rows <= COUNTED_WHOLE_ROWS_MAX) {
      return count(column);
    }
    long sampled = (long) (rows * 0.1);
    long defaults = 0;
    for (long k = 0; k < sampled; k++) {
      defaults += isDefault(column, (int) ((k * rows + sampled - 1) / sampled)) ? 1 : 0;
    }
    return (long) ((double) defaults / sampled * rows);
  }

  /** Whether ClickHouse writes columns of that type sparse when most of their values are zero. */
  public static boolean maySparse(DataType type) {
    if (type instanceof StateCodec || type instanceof NothingType || type instanceof IntervalType) {
      return false;
    }
    return switch (type.newBuilder(0)) {
      case Int8Column.Builder _,
          Int16Column.Builder _,
          Int32Column.Builder _,
          Int64Column.Builder _,
          Float32Column.Builder _,
          Float64Column.Builder _,
          WideColumn.Builder _,
          FixedBytesColumn.Builder _,
          StringColumn.Builder _ ->
          true;
      default -> false;
    };
  }
}
