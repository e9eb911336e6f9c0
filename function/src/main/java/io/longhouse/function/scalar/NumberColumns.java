package io.longhouse.function.scalar;

import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;

/** Integer columns of a width out of longs. */
public final class NumberColumns {
  private NumberColumns() {}

  /** The low {@code bytes} (1, 2, 4 or 8) bytes of the first {@code count} values. */
  public static Column narrowed(long[] v, int count, int bytes) {
    return switch (bytes) {
      case 1 -> {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
          out[i] = (byte) v[i];
        }
        yield new Int8Column(out, count);
      }
      case 2 -> {
        short[] out = new short[count];
        for (int i = 0; i < count; i++) {
          out[i] = (short) v[i];
        }
        yield new Int16Column(out, count);
      }
      case 4 -> {
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
          out[i] = (int) v[i];
        }
        yield new Int32Column(out, count);
      }
      default -> new Int64Column(v, count);
    };
  }
}
