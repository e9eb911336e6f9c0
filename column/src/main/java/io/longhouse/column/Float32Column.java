// Written by column/src/generator/Primitives.java.
package io.longhouse.column;

import java.util.Arrays;

/** Float32: 4 bytes a value. */
public final class Float32Column implements Column {
  private final float[] values;
  private final int size;

  public Float32Column(float[] values, int size) {
    this.values = values;
    this.size = size;
  }

  /** A column of exactly these values. */
  public static Float32Column of(float... values) {
    return new Float32Column(values, values.length);
  }

  /** At least {@code size()} values; not to be written. */
  public float[] values() {
    return values;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long retainedBytes() {
    return 4L * values.length + 24;
  }

  @Override
  public Column slice(int from, int length) {
    return new Float32Column(Arrays.copyOfRange(values, from, from + length), length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = values[rows[i]];
    }
    return new Float32Column(out, count);
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(capacity);
  }

  /** Grows the array. */
  public static final class Builder implements ColumnBuilder {
    private float[] values;
    private int size;

    public Builder(int capacity) {
      values = new float[Math.max(8, capacity)];
    }

    public void add(float value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Capacity.grown(size, size + 1L, 4));
      }
      values[size++] = value;
    }

    private void reserve(int count) {
      long needed = (long) size + count;
      if (needed > values.length) {
        values = Arrays.copyOf(values, Capacity.grown(values.length, needed, 4));
      }
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void append(Column source, int row) {
      switch (source) {
        case Float32Column c -> add(c.values[row]);
        case ConstColumn c -> append(c.value(), 0);
        case LowCardinalityColumn c -> append(c.dictionary(), c.indexes()[row]);
        case NullableColumn c -> append(c.values(), row);
        case SparseColumn c -> {
          int at = c.valueIndex(row);
          if (at < 0) {
            add(0f);
          } else {
            append(c.values(), at);
          }
        }
        default -> throw new IllegalArgumentException("no float in " + source.getClass());
      }
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      if (source instanceof Float32Column c) {
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
      Arrays.fill(values, size, size + count, 0f);
      size += count;
    }

    @Override
    public void truncate(int newSize) {
      size = newSize;
    }

    @Override
    public long retainedBytes() {
      return 4L * values.length;
    }

    @Override
    public Float32Column build() {
      var built = new Float32Column(values, size);
      values = new float[8];
      size = 0;
      return built;
    }
  }
}
