package io.longhouse.column;

import java.util.Arrays;

/** Byte strings of one width: row i is {@code bytes[i * width, (i + 1) * width)}. */
public final class FixedBytesColumn implements Column {
  private final byte[] bytes;
  private final int width;
  private final int size;

  public FixedBytesColumn(byte[] bytes, int width, int size) {
    this.bytes = bytes;
    this.width = width;
    this.size = size;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int width() {
    return width;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long retainedBytes() {
    return bytes.length + 32L;
  }

  @Override
  public Column slice(int from, int length) {
    return new FixedBytesColumn(
        Arrays.copyOfRange(bytes, from * width, (from + length) * width), width, length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    byte[] out = new byte[Math.multiplyExact(count, width)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(bytes, rows[i] * width, out, i * width, width);
    }
    return new FixedBytesColumn(out, width, count);
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(width, capacity);
  }

  /** Grows the array. */
  public static final class Builder implements ColumnBuilder {
    private final int width;
    private byte[] bytes;
    private int size;

    public Builder(int width, int capacity) {
      this.width = width;
      this.bytes = new byte[Math.max(16, Math.multiplyExact(capacity, width))];
    }

    /** Bytes of each value. */
    public int width() {
      return width;
    }

    /** Adds {@code length} bytes, padded with zeros to the width. */
    public void add(byte[] source, int from, int length) {
      reserve(1);
      int at = size * width;
      System.arraycopy(source, from, bytes, at, length);
      Arrays.fill(bytes, at + length, at + width, (byte) 0);
      size++;
    }

    private void reserve(int count) {
      long needed = (long) (size + count) * width;
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, Capacity.grown(bytes.length, needed, 1));
      }
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void append(Column source, int row) {
      switch (source) {
        case FixedBytesColumn f -> add(f.bytes, row * width, width);
        case ConstColumn c -> append(c.value(), 0);
        case LowCardinalityColumn l -> append(l.dictionary(), l.indexes()[row]);
        case NullableColumn n -> append(n.values(), row);
        case SparseColumn s -> append(s.slice(row, 1).full(), 0);
        default -> throw new IllegalArgumentException("no fixed strings in " + source.getClass());
      }
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      if (source instanceof FixedBytesColumn f) {
        reserve(length);
        System.arraycopy(f.bytes, from * width, bytes, size * width, length * width);
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
      Arrays.fill(bytes, size * width, (size + count) * width, (byte) 0);
      size += count;
    }

    @Override
    public void truncate(int newSize) {
      size = newSize;
    }

    @Override
    public long retainedBytes() {
      return bytes.length;
    }

    @Override
    public FixedBytesColumn build() {
      var built = new FixedBytesColumn(bytes, width, size);
      bytes = new byte[16];
      size = 0;
      return built;
    }
  }
}
