package io.longhouse.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Byte strings in one arena: row i is {@code bytes[offsets[i], offsets[i + 1])}; {@code offsets[0]
 * == 0}. Also holds aggregate states, each row the state's serialised bytes.
 */
public final class StringColumn implements Column {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final int STEP = 32;

  private final int[] offsets;
  private final byte[] bytes;
  private final int size;

  public StringColumn(int[] offsets, byte[] bytes, int size) {
    this.offsets = offsets;
    this.bytes = bytes;
    this.size = size;
  }

  /** A column of one value. */
  public static StringColumn of(byte[] value) {
    return new StringColumn(new int[] {0, value.length}, value, 1);
  }

  /** {@code size() + 1} ascending entries, the first is 0. */
  public int[] offsets() {
    return offsets;
  }

  /** The arena; bytes behind {@code offsets[size()]} have no meaning. */
  public byte[] bytes() {
    return bytes;
  }

  public int lengthAt(int row) {
    return offsets[row + 1] - offsets[row];
  }

  /** A copy of one value. */
  public byte[] get(int row) {
    return Arrays.copyOfRange(bytes, offsets[row], offsets[row + 1]);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long retainedBytes() {
    return 4L * offsets.length + bytes.length + 48;
  }

  @Override
  public Column slice(int from, int length) {
    int base = offsets[from];
    int[] o = new int[length + 1];
    for (int i = 0; i <= length; i++) {
      o[i] = offsets[from + i] - base;
    }
    return new StringColumn(o, Arrays.copyOfRange(bytes, base, base + o[length]), length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    int[] o = new int[count + 1];
    int total = 0;
    for (int i = 0; i < count; i++) {
      int r = rows[i];
      total = Math.addExact(total, offsets[r + 1] - offsets[r]);
      o[i + 1] = total;
    }
    byte[] out = new byte[total];
    copy(rows, o, out, count);
    return new StringColumn(o, out, count);
  }

  /**
   * Copies 32 bytes at once where there is room for them, whatever the length: rows that lie far
   * apart are then fetched side by side, since no branch has to wait for a length.
   */
  private void copy(int[] rows, int[] o, byte[] out, int count) {
    int fromMax = bytes.length - 2 * STEP;
    int toMax = out.length - 2 * STEP;
    for (int i = 0; i < count; i++) {
      int from = offsets[rows[i]];
      int to = o[i];
      int n = o[i + 1] - to;
      if (n > 2 * STEP || from > fromMax || to > toMax) {
        System.arraycopy(bytes, from, out, to, n);
        continue;
      }
      copyStep(from, out, to);
      if (n > STEP) {
        copyStep(from + STEP, out, to + STEP);
      }
    }
  }

  private void copyStep(int from, byte[] out, int to) {
    LONG.set(out, to, (long) LONG.get(bytes, from));
    LONG.set(out, to + 8, (long) LONG.get(bytes, from + 8));
    LONG.set(out, to + 16, (long) LONG.get(bytes, from + 16));
    LONG.set(out, to + 24, (long) LONG.get(bytes, from + 24));
  }

  /** The rows of all columns, one after the other. */
  public static StringColumn concat(java.util.List<StringColumn> parts) {
    int rows = 0;
    int total = 0;
    for (StringColumn p : parts) {
      rows = Math.addExact(rows, p.size);
      total = Math.addExact(total, p.offsets[p.size]);
    }
    int[] o = new int[rows + 1];
    byte[] out = new byte[total];
    int row = 0;
    for (StringColumn p : parts) {
      int base = o[row];
      System.arraycopy(p.bytes, 0, out, base, p.offsets[p.size]);
      for (int i = 1; i <= p.size; i++) {
        o[row + i] = base + p.offsets[i];
      }
      row += p.size;
    }
    return new StringColumn(o, out, rows);
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(capacity);
  }

  /** Grows arena and offsets. */
  public static final class Builder implements ColumnBuilder {
    private int[] offsets;
    private byte[] bytes;
    private int size;

    public Builder(int capacity) {
      offsets = new int[Math.max(8, capacity + 1)];
      bytes = new byte[Math.max(16, capacity * 8)];
    }

    public void add(byte[] source, int from, int length) {
      // The place first: it may replace the arena.
      int at = reserve(length);
      System.arraycopy(source, from, bytes, at, length);
      endRow(length);
    }

    public void add(byte[] value) {
      add(value, 0, value.length);
    }

    /**
     * Makes room for {@code length} more bytes and answers where in {@link #arena} they go; {@link
     * #endRow} then ends the row.
     */
    public int reserve(int length) {
      int at = offsets[size];
      long needed = (long) at + length;
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, Capacity.grown(bytes.length, needed, 1));
      }
      return at;
    }

    /** The arena as it is now; {@link #reserve} may replace it. */
    public byte[] arena() {
      return bytes;
    }

    /** Ends a row of {@code length} bytes. */
    public void endRow(int length) {
      if (size + 1 == offsets.length) {
        offsets = Arrays.copyOf(offsets, Capacity.grown(offsets.length, size + 2L, Integer.BYTES));
      }
      offsets[size + 1] = offsets[size] + length;
      size++;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void append(Column source, int row) {
      switch (source) {
        case StringColumn s -> add(s.bytes, s.offsets[row], s.lengthAt(row));
        case FixedBytesColumn f -> add(f.bytes(), row * f.width(), f.width());
        case ConstColumn c -> append(c.value(), 0);
        case LowCardinalityColumn l -> append(l.dictionary(), l.indexes()[row]);
        case NullableColumn n -> append(n.values(), row);
        case SparseColumn s -> {
          int at = s.valueIndex(row);
          if (at < 0) {
            endRow(0);
          } else {
            append(s.values(), at);
          }
        }
        default -> throw new IllegalArgumentException("no strings in " + source.getClass());
      }
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      if (source instanceof StringColumn s) {
        int base = s.offsets[from];
        int total = s.offsets[from + length] - base;
        int at = reserve(total);
        System.arraycopy(s.bytes, base, bytes, at, total);
        if (size + length + 1 > offsets.length) {
          offsets =
              Arrays.copyOf(
                  offsets, Capacity.grown(offsets.length, size + length + 1L, Integer.BYTES));
        }
        for (int i = 1; i <= length; i++) {
          offsets[size + i] = s.offsets[from + i] - base + at;
        }
        size += length;
      } else {
        for (int i = 0; i < length; i++) {
          append(source, from + i);
        }
      }
    }

    @Override
    public void appendDefault(int count) {
      for (int i = 0; i < count; i++) {
        endRow(0);
      }
    }

    @Override
    public void truncate(int newSize) {
      size = newSize;
    }

    @Override
    public long retainedBytes() {
      return 4L * offsets.length + bytes.length;
    }

    @Override
    public StringColumn build() {
      var built = new StringColumn(offsets, bytes, size);
      offsets = new int[8];
      bytes = new byte[16];
      size = 0;
      return built;
    }
  }
}
