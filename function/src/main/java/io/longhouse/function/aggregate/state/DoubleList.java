package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import java.util.Arrays;

/** Numbers that a group collects. */
public final class DoubleList {
  private double[] values = new double[8];
  private int size;

  public int size() {
    return size;
  }

  public double get(int i) {
    return values[i];
  }

  /** At least {@link #size} numbers; not to be written. */
  public double[] values() {
    return values;
  }

  public void add(double v) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = v;
  }

  public void addAll(DoubleList other) {
    for (int i = 0; i < other.size; i++) {
      add(other.values[i]);
    }
  }

  public long bytes() {
    return 8L * values.length + 32;
  }

  /** Writes the numbers alone; their count stands elsewhere. */
  public void write(ByteWriter out) {
    for (int i = 0; i < size; i++) {
      out.writeLong(Double.doubleToRawLongBits(values[i]));
    }
  }

  public void read(int count, ByteReader in) {
    for (int i = 0; i < count; i++) {
      add(in.readDouble());
    }
  }
}
