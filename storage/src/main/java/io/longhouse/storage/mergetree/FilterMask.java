package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The values of a condition as a choice of rows: neither zero nor NULL. */
final class FilterMask {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long EVEN_BYTES = 0x00FF_00FF_00FF_00FFL;

  private FilterMask() {}

  /** How many of the first rows of a condition are true. */
  static int countTrue(Column mask, int rows) {
    if (mask instanceof ConstColumn c) {
      return countTrue(c.value(), 1) * rows;
    }
    byte[] truth = truth(mask, rows);
    int n = 0;
    int i = 0;
    // Eight bytes at a time; in 255 words no byte of the sum overflows.
    while (i + 8 <= rows) {
      int end = (int) Math.min(rows & ~7, i + 255 * 8L);
      long sum = 0;
      for (; i < end; i += 8) {
        sum += ones((long) WORD.get(truth, i));
      }
      n += (int) (((sum & EVEN_BYTES) + (sum >>> 8 & EVEN_BYTES)) * 0x0001_0001_0001_0001L >>> 48);
    }
    for (; i < rows; i++) {
      n += truth[i] != 0 ? 1 : 0;
    }
    return n;
  }

  /**
   * The rows whose condition is true, of the first {@code count}.
   *
   * @param out may be written one place behind what is kept
   * @return how many
   */
  static int select(Column mask, int count, int[] out) {
    if (!(mask instanceof ConstColumn c)) {
      return select(truth(mask, count), count, out);
    }
    if (countTrue(c.value(), 1) == 0) {
      return 0;
    }
    for (int i = 0; i < count; i++) {
      out[i] = i;
    }
    return count;
  }

  /** The places of bytes that are not zero; eight at a time and without a branch for each. */
  private static int select(byte[] truth, int count, int[] out) {
    int n = 0;
    int i = 0;
    for (; i + 8 <= count; i += 8) {
      long w = ones((long) WORD.get(truth, i));
      if (w == 0) {
        continue;
      }
      for (int k = 0; k < 8; k++) {
        out[n] = i + k;
        n += (int) w & 1;
        w >>>= 8;
      }
    }
    for (; i < count; i++) {
      out[n] = i;
      n += truth[i] != 0 ? 1 : 0;
    }
    return n;
  }

  /** 1 in each byte that is not zero. */
  private static long ones(long w) {
    return ((w & LOW_BITS) + LOW_BITS | w) >>> 7 & ONES;
  }

  /** Not 0 where a value is neither zero nor NULL, else 0; not to be written. */
  private static byte[] truth(Column encoded, int rows) {
    Column c = encoded.full().plain();
    if (c instanceof Int8Column v) {
      return v.values();
    }
    byte[] out = new byte[rows];
    switch (c) {
      case Int16Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case Int32Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case Int64Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case Float32Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case Float64Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case NullableColumn v -> {
        byte[] inside = truth(v.values(), rows);
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.nulls()[i] == 0 ? inside[i] : 0);
        }
      }
      default ->
          throw new LonghouseException(
              ErrorCode.ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER,
              "Illegal type of column for filter: " + c.getClass().getSimpleName());
    }
    return out;
  }
}
