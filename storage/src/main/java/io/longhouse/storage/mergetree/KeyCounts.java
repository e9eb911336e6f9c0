package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of a part have each value of the first column of the sorting key. The values ascend
 * and are all different; {@code ends[i]} is the number of rows up to the last one of value {@code
 * i}.
 */
public final class KeyCounts {
  private final DataType type;
  private final Column values;
  private final long[] ends;

  /**
   * @param type not LowCardinality
   * @param values plain
   */
  KeyCounts(DataType type, Column values, long[] ends) {
    this.type = type;
    this.values = values;
    this.ends = ends;
  }

  public DataType type() {
    return type;
  }

  /** The values, ascending. */
  public Column values() {
    return values;
  }

  /** How many values there are. */
  public int size() {
    return ends.length;
  }

  /** Rows of value {@code i}. */
  public long rows(int i) {
    return i == 0 ? ends[0] : ends[i] - ends[i - 1];
  }

  /** Rows of all values. */
  public long rows() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /** Rows of the value that a column of one row has. */
  public long rowsOf(Column one) {
    int low = 0;
    int high = ends.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int c = type.compare(values, middle, one, 0, 1);
      if (c == 0) {
        return rows(middle);
      }
      if (c < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return 0;
  }

  long retainedBytes() {
    return values.retainedBytes() + 8L * ends.length;
  }

  /** Counts rows that come in the order of the key, block by block. */
  static final class Builder {
    private final DataType type;
    private final ColumnBuilder values;
    private long[] ends = new long[16];
    private int count;
    private long rows;
    private @Nullable Column last;

    Builder(DataType type) {
      this.type = LowCardinalityType.strip(type);
      this.values = this.type.newBuilder(0);
    }

    void add(Column key, int size) {
      if (size == 0) {
        return;
      }
      Column before = last;
      Column plain = key.full().plain();
      boolean goesOn = before != null && type.compare(before, 0, plain, 0, 1) == 0;
      int[] starts = new int[size];
      int runs = 0;
      if (!goesOn) {
        starts[runs++] = 0;
      }
      runs = changes(key, plain, size, starts, runs);
      append(plain, starts, runs, size);
      last = plain.gather(new int[] {size - 1}, 1);
    }

    /** Adds the rows whose value is another than that of the row before. */
    private int changes(Column key, Column plain, int size, int[] starts, int count) {
      int n = count;
      switch (plain) {
        case Int32Column c -> {
          int[] v = c.values();
          for (int r = 1; r < size; r++) {
            starts[n] = r;
            n += v[r] == v[r - 1] ? 0 : 1;
          }
        }
        case Int64Column c -> {
          long[] v = c.values();
          for (int r = 1; r < size; r++) {
            starts[n] = r;
            n += v[r] == v[r - 1] ? 0 : 1;
          }
        }
        default -> {
          RowOrder order = RowOrder.of(List.of(type), new Column[] {key});
          for (int r = 1; r < size; r++) {
            if (order.compare(r - 1, r, 0) != 0) {
              starts[n++] = r;
            }
          }
        }
      }
      return n;
    }

    private void append(Column plain, int[] starts, int runs, int size) {
      values.appendRange(plain.gather(starts, runs), 0, runs);
      if (count + runs > ends.length) {
        ends = Arrays.copyOf(ends, Math.max(count + runs, ends.length * 2));
      }
      if (count > 0) {
        ends[count - 1] = rows + (runs == 0 ? size : starts[0]);
      }
      for (int i = 0; i < runs; i++) {
        ends[count++] = rows + (i + 1 < runs ? starts[i + 1] : size);
      }
      rows += size;
    }

    KeyCounts build() {
      return new KeyCounts(type, values.build(), Arrays.copyOf(ends, count));
    }
  }
}
