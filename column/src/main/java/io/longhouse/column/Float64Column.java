// Written by column/src/generator/Primitives.java.
package io.longhouse.column;

import java.util.Arrays;

/** Float64: 8 bytes a value. */
public final class Float64Column implements Column {
  private final double[] values;
  private final int size;

  public Float64Column(double[] values, int size) {
    this.values = values;
    this.size = size;
  }

  /** A column of exactly these values. */
  public static Float64Column of(double... values) {
    return new Float64Column(values, values.length);
  }

  /** At least {@code size()} values; not to be written. */
  public double[] values() {
    return values;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long retainedBytes() {
    return 8L * values.length + 24;
  }

  @Override
  public Column slice(int from, int length) {
    return new Float64Column(Arrays.copyOfRange(values, from, from + length), length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    double[] out = Scratch.doubles(count);
    for (int i = 0; i < count; i++) {
      out[i] = values[rows[i]];
    }
    return new Float64Column(out, count);
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(capacity);
  }

  /** Grows the array. */
  public static final class Builder implements ColumnBuilder {
    private double[] values;
    private int size;

    public Builder(int capacity) {
      values = new double[Math.max(8, capacity)];
    }

    public void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Capacity.grown(size, size + 1L, 8));
      }
      values[size++] = value;
    }

    private void reserve(int count) {
      long needed = (long) size + count;
      if (needed > values.length) {
        values = Arrays.copyOf(values, Capacity.grown(values.length, needed, 8));
      }
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void append(Column source, int row) {
      switch (source) {
        case Float64Column c -> add(c.values[row]);
        case ConstColumn c -> append(c.value(), 0);
        case LowCardinalityColumn c -> append(c.dictionary(), c.indexes()[row]);
        case NullableColumn c -> append(c.values(), row);
        case SparseColumn c -> {
          int at = c.valueIndex(row);
          if (at < 0) {
            add(0d);
          } else {
            append(c.values(), at);
          }
        }
        default -> throw new IllegalArgumentException("no double in " + source.getClass());
      }
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      if (source instanceof Float64Column c) {
        reserve(length);
        System.arraycopy(c.values, from, values, size, length);
        size += length;
      } else {
        for (int i = 0; i < length; i++) {
          append(source, from + i);
        }
      }
    }

    @Override
    public void appendDefault(int count) {
      reserve(count);
      Arrays.fill(values, size, size + count, 0d);
      size += count;
    }

    @Override
    public void truncate(int newSize) {
      size = newSize;
    }

    @Override
    public long retainedBytes() {
      return 8L * values.length;
    }

    @Override
    public Float64Column build() {
      var built = new Float64Column(values, size);
      values = new double[8];
      size = 0;
      return built;
    }
  }
}
