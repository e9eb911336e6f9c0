package io.longhouse.engine.exec;

import io.longhouse.column.ByteWriter;
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
import io.longhouse.column.SparseColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.ValueBytes;
import java.util.Arrays;

/** Where a column's value differs from that of the row before. NULL equals NULL, NaN equals NaN. */
final class RowChanges {
  private RowChanges() {}

  /** Sets {@code out[i]} for each row from 1 on whose value differs; leaves others alone. */
  static void mark(Column column, int rows, boolean[] out) {
    switch (column) {
      case ConstColumn _ -> {}
      case SparseColumn c -> mark(c.full(), rows, out);
      case LowCardinalityColumn c -> mark(c.plain(), rows, out);
      case Int8Column c -> {
        byte[] v = c.values();
        for (int i = 1; i < rows; i++) {
          out[i] |= v[i] != v[i - 1];
        }
      }
      case Int16Column c -> {
        short[] v = c.values();
        for (int i = 1; i < rows; i++) {
          out[i] |= v[i] != v[i - 1];
        }
      }
      case Int32Column c -> {
        int[] v = c.values();
        for (int i = 1; i < rows; i++) {
          out[i] |= v[i] != v[i - 1];
        }
      }
      case Int64Column c -> {
        long[] v = c.values();
        for (int i = 1; i < rows; i++) {
          out[i] |= v[i] != v[i - 1];
        }
      }
      case Float32Column c -> {
        float[] v = c.values();
        for (int i = 1; i < rows; i++) {
          out[i] |= v[i] != v[i - 1] && !(Float.isNaN(v[i]) && Float.isNaN(v[i - 1]));
        }
      }
      case Float64Column c -> {
        double[] v = c.values();
        for (int i = 1; i < rows; i++) {
          out[i] |= v[i] != v[i - 1] && !(Double.isNaN(v[i]) && Double.isNaN(v[i - 1]));
        }
      }
      case StringColumn c -> strings(c, rows, out);
      case NullableColumn c -> nullable(c, rows, out);
      default -> bytes(column, rows, out);
    }
  }

  private static void strings(StringColumn c, int rows, boolean[] out) {
    byte[] b = c.bytes();
    int[] o = c.offsets();
    for (int i = 1; i < rows; i++) {
      out[i] |= !Arrays.equals(b, o[i - 1], o[i], b, o[i], o[i + 1]);
    }
  }

  private static void nullable(NullableColumn c, int rows, boolean[] out) {
    boolean[] values = new boolean[rows];
    mark(c.values(), rows, values);
    byte[] nulls = c.nulls();
    for (int i = 1; i < rows; i++) {
      out[i] |= nulls[i] != nulls[i - 1] || nulls[i] == 0 && values[i];
    }
  }

  private static void bytes(Column c, int rows, boolean[] out) {
    var before = new ByteWriter(64);
    var current = new ByteWriter(64);
    for (int i = 0; i < rows; i++) {
      current.reset();
      ValueBytes.writeDelimited(c, i, current);
      out[i] |=
          i > 0
              && !Arrays.equals(
                  before.buffer(), 0, before.position(), current.buffer(), 0, current.position());
      ByteWriter swap = before;
      before = current;
      current = swap;
    }
  }

  /** The rows at which something begins: 0, every marked row, and the number of rows. */
  static int[] bounds(boolean[] marks, int rows) {
    int count = rows == 0 ? 0 : 1;
    for (int i = 1; i < rows; i++) {
      count += marks[i] ? 1 : 0;
    }
    int[] bounds = new int[count + 1];
    int at = rows == 0 ? 0 : 1;
    for (int i = 1; i < rows; i++) {
      if (marks[i]) {
        bounds[at++] = i;
      }
    }
    bounds[count] = rows;
    return bounds;
  }
}
