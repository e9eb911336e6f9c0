// Written by column/src/generator/Primitives.java.
package io.longhouse.column;

import java.util.Arrays;

/** (U)Int64, DateTime64, Decimal64, Interval: 8 bytes a value. */
public final class Int64Column implements Column {
  private final long[] values;
  private final int size;

  public Int64Column(long[] values, int size) {
    this.values = values;
    this.size = size;
  }

  /** A column of exactly these values. */
  public static Int64Column of(long... values) {
    return new Int64Column(values, values.length);
  }

  /** At least {@code size()} values; not to be written. */
  public long[] values() {
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
    return new Int64Column(Arrays.copyOfRange(values, from, from + length), length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    long[] out = Scratch.longs(count);
    for (int i = 0; i < count; i++) {
      out[i] = values[rows[i]];
    }
    return new Int64Column(out, count);
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(capacity);
  }

  /** Grows the array. */
  public static final class Builder implements ColumnBuilder {
    private long[] values;
    private int size;

    public Builder(int capacity) {
      values = new long[Math.max(8, capacity)];
    }

    public void add(long value) {
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
        case Int64Column c -> add(c.values[row]);
        case ConstColumn c -> append(c.value(), 0);
        case LowCardinalityColumn c -> append(c.dictionary(), c.indexes()[row]);
        case NullableColumn c -> append(c.values(), row);
        case SparseColumn c -> {
          int at = c.valueIndex(row);
          if (at < 0) {
            add(0L);
          } else {
            append(c.values(), at);
          }
        }
        default -> throw new IllegalArgumentException("no long in " + source.getClass());
      }
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      if (source instanceof Int64Column c) {
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
      Arrays.fill(values, size, size + count, 0L);
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
    public Int64Column build() {
      var built = new Int64Column(values, size);
      values = new long[8];
      size = 0;
      return built;
    }
  }
}
