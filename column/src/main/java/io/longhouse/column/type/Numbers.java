package io.longhouse.column.type;

import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.WideColumn;

/** Bulk widening of the fixed-width layouts, the way kernels get at their operands. */
public final class Numbers {
  private Numbers() {}

  /** Widens {@code length} values of at most 8 bytes to longs, with their sign or with zeros. */
  public static void toLongs(Column column, int from, int length, boolean signed, long[] out) {
    switch (column) {
      case Int8Column c -> {
        byte[] v = c.values();
        if (signed) {
          for (int i = 0; i < length; i++) {
            out[i] = v[from + i];
          }
        } else {
          for (int i = 0; i < length; i++) {
            out[i] = v[from + i] & 0xFF;
          }
        }
      }
      case Int16Column c -> {
        short[] v = c.values();
        if (signed) {
          for (int i = 0; i < length; i++) {
            out[i] = v[from + i];
          }
        } else {
          for (int i = 0; i < length; i++) {
            out[i] = v[from + i] & 0xFFFF;
          }
        }
      }
      case Int32Column c -> {
        int[] v = c.values();
        if (signed) {
          for (int i = 0; i < length; i++) {
            out[i] = v[from + i];
          }
        } else {
          for (int i = 0; i < length; i++) {
            out[i] = v[from + i] & 0xFFFFFFFFL;
          }
        }
      }
      case Int64Column c -> System.arraycopy(c.values(), from, out, 0, length);
      default -> throw new IllegalArgumentException("no integers in " + column.getClass());
    }
  }

  /** Widens {@code length} values to doubles; integers of 8 bytes are signed or not as said. */
  public static void toDoubles(Column column, int from, int length, boolean signed, double[] out) {
    switch (column) {
      case Float64Column c -> System.arraycopy(c.values(), from, out, 0, length);
      case Float32Column c -> {
        float[] v = c.values();
        for (int i = 0; i < length; i++) {
          out[i] = v[from + i];
        }
      }
      case Int8Column c -> {
        byte[] v = c.values();
        int mask = signed ? -1 : 0xFF;
        for (int i = 0; i < length; i++) {
          out[i] = v[from + i] & mask;
        }
      }
      case Int16Column c -> {
        short[] v = c.values();
        int mask = signed ? -1 : 0xFFFF;
        for (int i = 0; i < length; i++) {
          out[i] = v[from + i] & mask;
        }
      }
      case Int32Column c -> {
        int[] v = c.values();
        long mask = signed ? -1L : 0xFFFFFFFFL;
        for (int i = 0; i < length; i++) {
          out[i] = v[from + i] & mask;
        }
      }
      case Int64Column c -> {
        long[] v = c.values();
        if (signed) {
          for (int i = 0; i < length; i++) {
            out[i] = v[from + i];
          }
        } else {
          for (int i = 0; i < length; i++) {
            out[i] = unsignedToDouble(v[from + i]);
          }
        }
      }
      case WideColumn c -> {
        for (int i = 0; i < length; i++) {
          out[i] = wideToDouble(c.words(), from + i, c.wordsPerValue(), signed);
        }
      }
      default -> throw new IllegalArgumentException("no numbers in " + column.getClass());
    }
  }

  /** The nearest double of an unsigned 64-bit number: both halves are exact, their sum rounds. */
  public static double unsignedToDouble(long v) {
    return (double) (v >>> 32) * 0x1p32 + (double) (v & 0xFFFFFFFFL);
  }

  /** The nearest double of a number of several words, the least significant first. */
  public static double wideToDouble(long[] words, int row, int wordsPerValue, boolean signed) {
    double sum = 0;
    double scale = 1;
    int at = row * wordsPerValue;
    boolean negative = signed && words[at + wordsPerValue - 1] < 0;
    long carry = 1;
    for (int k = 0; k < wordsPerValue; k++) {
      long w = words[at + k];
      if (negative) { // the magnitude, since the words of a small negative number are large
        w = ~w + carry;
        carry = carry == 1 && w == 0 ? 1 : 0;
      }
      sum += unsignedToDouble(w) * scale;
      scale *= 0x1p64;
    }
    return negative ? -sum : sum;
  }
}
