package io.longhouse.storage.part;

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

/**
 * Bytes of the values of columns as ClickHouse counts them when it chooses the rows of a granule
 * and the form of a part: offsets take 8 bytes, and room that is not used does not count.
 */
public final class DataSize {
  private DataSize() {}

  public static long of(Column[] columns) {
    long sum = 0;
    for (Column c : columns) {
      sum += of(c);
    }
    return sum;
  }

  public static long of(Column column) {
    long rows = column.size();
    return switch (column) {
      case Int8Column _ -> rows;
      case Int16Column _ -> 2 * rows;
      case Int32Column _, Float32Column _ -> 4 * rows;
      case Int64Column _, Float64Column _ -> 8 * rows;
      case WideColumn c -> 8L * c.wordsPerValue() * rows;
      case FixedBytesColumn c -> c.width() * rows;
      case StringColumn c -> c.offsets()[c.size()] + 8 * rows;
      case ArrayColumn c -> of(c.elements()) + 8 * rows;
      case TupleColumn c -> c.elements().stream().mapToLong(DataSize::of).sum();
      case NullableColumn c -> of(c.values()) + rows;
      case LowCardinalityColumn c -> {
        int keys = c.dictionary().size();
        yield of(c.dictionary()) + rows * (keys <= 0xFF ? 1 : keys <= 0xFFFF ? 2 : 4);
      }
      case SparseColumn c -> of(c.values()) + 8L * c.values().size();
      case ConstColumn c -> of(c.value()) * rows;
    };
  }
}
