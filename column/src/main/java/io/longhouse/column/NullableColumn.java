package io.longhouse.column;

import java.util.Arrays;

/**
 * Values with a map beside them: {@code nulls[i] != 0} makes row i NULL; the value there is zero.
 */
public final class NullableColumn implements Column {
  private final Column values;
  private final byte[] nulls;

  /** {@code values} must be of a full layout; {@code nulls} has at least as many entries. */
  public NullableColumn(Column values, byte[] nulls) {
    this.values = values.full();
    this.nulls = nulls;
  }

  public Column values() {
    return values;
  }

  /** 1 at NULLs, 0 elsewhere; at least {@code size()} long. */
  public byte[] nulls() {
    return nulls;
  }

  /** The null map as a column of UInt8. */
  public Int8Column nullMap() {
    return new Int8Column(nulls, size());
  }

  public boolean hasNulls() {
    for (int i = 0, n = size(); i < n; i++) {
      if (nulls[i] != 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public long retainedBytes() {
    return values.retainedBytes() + nulls.length;
  }

  @Override
  public Column slice(int from, int length) {
    return new NullableColumn(
        values.slice(from, length), Arrays.copyOfRange(nulls, from, from + length));
  }

  @Override
  public Column gather(int[] rows, int count) {
    byte[] out = new byte[count];
    for (int i = 0; i < count; i++) {
      out[i] = nulls[rows[i]];
    }
    return new NullableColumn(values.gather(rows, count), out);
  }

  @Override
  public boolean isNullAt(int row) {
    return nulls[row] != 0;
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(values.newBuilder(capacity), capacity);
  }

  /** Builds values and null map side by side. */
  public static final class Builder implements ColumnBuilder {
    private final ColumnBuilder values;
    private byte[] nulls;

    public Builder(ColumnBuilder values, int capacity) {
      this.values = values;
      this.nulls = new byte[Math.max(8, capacity)];
    }

    /** The builder of the values; after adding one there, call {@link #addedValue}. */
    public ColumnBuilder values() {
      return values;
    }

    /** Notes that one value that is not NULL was added to {@link #values}. */
    public void addedValue() {
      int at = values.size() - 1;
      reserve(at + 1);
      nulls[at] = 0;
    }

    public void addNull() {
      values.appendDefault(1);
      int at = values.size() - 1;
      reserve(at + 1);
      nulls[at] = 1;
    }

    private void reserve(int size) {
      if (size > nulls.length) {
        nulls = Arrays.copyOf(nulls, Capacity.grown(nulls.length, size, 1));
      }
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public void append(Column source, int row) {
      switch (source) {
        case NullableColumn n -> {
          if (n.nulls[row] != 0) {
            addNull();
          } else {
            values.append(n.values, row);
            addedValue();
          }
        }
        case ConstColumn c -> append(c.value(), 0);
        case LowCardinalityColumn l -> append(l.dictionary(), l.indexes()[row]);
        case SparseColumn s -> append(s.slice(row, 1).full(), 0);
        default -> {
          values.append(source, row);
          addedValue();
        }
      }
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      if (source instanceof NullableColumn n) {
        int at = values.size();
        reserve(at + length);
        System.arraycopy(n.nulls, from, nulls, at, length);
        values.appendRange(n.values, from, length);
      } else if (source instanceof ConstColumn
          || source instanceof SparseColumn
          || source instanceof LowCardinalityColumn) {
        appendRange(source.slice(from, length).plain(), 0, length);
      } else {
        int at = values.size();
        reserve(at + length);
        Arrays.fill(nulls, at, at + length, (byte) 0);
        values.appendRange(source, from, length);
      }
    }

    @Override
    public void appendDefault(int count) {
      int at = values.size();
      reserve(at + count);
      Arrays.fill(nulls, at, at + count, (byte) 1);
      values.appendDefault(count);
    }

    @Override
    public void truncate(int size) {
      values.truncate(size);
    }

    @Override
    public long retainedBytes() {
      return values.retainedBytes() + nulls.length;
    }

    @Override
    public NullableColumn build() {
      var built = new NullableColumn(values.build(), nulls);
      nulls = new byte[8];
      return built;
    }
  }
}
