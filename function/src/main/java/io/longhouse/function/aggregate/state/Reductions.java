package io.longhouse.function.aggregate.state;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;

/** Sums of whole columns: one loop for each layout, each of a form that the JIT vectorises. */
public final class Reductions {
  /** Partial sums of floats; as many as ClickHouse keeps, so that rounding is the same. */
  private static final int LANES = 16;

  private Reductions() {}

  /** The sum of integers of at most 8 bytes, wrapping. */
  public static long sumLongs(Column column, boolean signed, int rows) {
    return switch (column) {
      case Int8Column c -> signed ? sum(c.values(), rows) : sumUnsigned(c.values(), rows);
      case Int16Column c -> signed ? sum(c.values(), rows) : sumUnsigned(c.values(), rows);
      case Int32Column c -> signed ? sum(c.values(), rows) : sumUnsigned(c.values(), rows);
      case Int64Column c -> sum(c.values(), rows);
      case ConstColumn k -> sumLongs(k.value(), signed, 1) * rows;
      default -> throw new IllegalArgumentException("no integers in " + column.getClass());
    };
  }

  private static long sum(byte[] v, int rows) {
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += v[i];
    }
    return sum;
  }

  private static long sumUnsigned(byte[] v, int rows) {
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += v[i] & 0xFF;
    }
    return sum;
  }

  private static long sum(short[] v, int rows) {
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += v[i];
    }
    return sum;
  }

  private static long sumUnsigned(short[] v, int rows) {
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += v[i] & 0xFFFF;
    }
    return sum;
  }

  private static long sum(int[] v, int rows) {
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += v[i];
    }
    return sum;
  }

  private static long sumUnsigned(int[] v, int rows) {
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += v[i] & 0xFFFFFFFFL;
    }
    return sum;
  }

  private static long sum(long[] v, int rows) {
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += v[i];
    }
    return sum;
  }

  /** {@code sum} and a column of floats, added in ClickHouse's order. */
  public static double sumDoubles(double sum, Column column, NumberLayout layout, int rows) {
    return switch (column) {
      case Float64Column c -> sum(sum, c.values(), rows);
      case Float32Column c -> sum(sum, c.values(), rows);
      default -> sum(sum, Values.doubles(column, layout, rows), rows);
    };
  }

  private static double sum(double sum, double[] v, int rows) {
    int unrolled = rows - rows % LANES;
    double a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0, a6 = 0, a7 = 0;
    double b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0, b7 = 0;
    for (int i = 0; i < unrolled; i += LANES) {
      a0 += v[i];
      a1 += v[i + 1];
      a2 += v[i + 2];
      a3 += v[i + 3];
      a4 += v[i + 4];
      a5 += v[i + 5];
      a6 += v[i + 6];
      a7 += v[i + 7];
      b0 += v[i + 8];
      b1 += v[i + 9];
      b2 += v[i + 10];
      b3 += v[i + 11];
      b4 += v[i + 12];
      b5 += v[i + 13];
      b6 += v[i + 14];
      b7 += v[i + 15];
    }
    sum = sum + a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7;
    double rest = 0;
    for (int i = unrolled; i < rows; i++) {
      rest += v[i];
    }
    return sum + rest;
  }

  /** {@code sum} and numbers, added in single precision in ClickHouse's order. */
  public static float sumFloats(float sum, double[] v, int rows) {
    int lanes = 2 * LANES;
    float[] partial = new float[lanes];
    int unrolled = rows - rows % lanes;
    for (int i = 0; i < unrolled; i += lanes) {
      for (int k = 0; k < lanes; k++) {
        partial[k] += (float) v[i + k];
      }
    }
    for (float p : partial) {
      sum += p;
    }
    float rest = 0;
    for (int i = unrolled; i < rows; i++) {
      rest += (float) v[i];
    }
    return sum + rest;
  }

  private static double sum(double sum, float[] v, int rows) {
    int unrolled = rows - rows % LANES;
    double a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0, a6 = 0, a7 = 0;
    double b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0, b7 = 0;
    for (int i = 0; i < unrolled; i += LANES) {
      a0 += v[i];
      a1 += v[i + 1];
      a2 += v[i + 2];
      a3 += v[i + 3];
      a4 += v[i + 4];
      a5 += v[i + 5];
      a6 += v[i + 6];
      a7 += v[i + 7];
      b0 += v[i + 8];
      b1 += v[i + 9];
      b2 += v[i + 10];
      b3 += v[i + 11];
      b4 += v[i + 12];
      b5 += v[i + 13];
      b6 += v[i + 14];
      b7 += v[i + 15];
    }
    sum = sum + a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7;
    double rest = 0;
    for (int i = unrolled; i < rows; i++) {
      rest += v[i];
    }
    return sum + rest;
  }
}
