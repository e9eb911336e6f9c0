package io.longhouse.column;

/** One value, {@code size} times. {@code value} has one row and a full or dictionary layout. */
public record ConstColumn(Column value, int size) implements Column {
  public ConstColumn {
    if (value.size() != 1) {
      throw new IllegalArgumentException("a constant has one value, found " + value.size());
    }
    if (value instanceof ConstColumn c) {
      value = c.value();
    }
  }

  @Override
  public long retainedBytes() {
    return value.retainedBytes() + 32;
  }

  @Override
  public Column slice(int from, int length) {
    return new ConstColumn(value, length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    return new ConstColumn(value, count);
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return value.newBuilder(capacity);
  }

  @Override
  public Column full() {
    return value.gather(new int[size], size);
  }

  @Override
  public Column plain() {
    return full().plain();
  }

  @Override
  public boolean isNullAt(int row) {
    return value.isNullAt(0);
  }
}
