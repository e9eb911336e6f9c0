package io.longhouse.column;

import java.util.Arrays;

/**
 * Arrays (and maps, as arrays of key-value tuples): row i holds elements {@code [offsets[i],
 * offsets[i + 1])}; {@code offsets[0] == 0}.
 */
public final class ArrayColumn implements Column {
  private final int[] offsets;
  private final Column elements;
  private final int size;

  public ArrayColumn(int[] offsets, Column elements, int size) {
    this.offsets = offsets;
    this.elements = elements;
    this.size = size;
  }

  /** {@code size() + 1} ascending entries, the first is 0. */
  public int[] offsets() {
    return offsets;
  }

  public Column elements() {
    return elements;
  }

  public int lengthAt(int row) {
    return offsets[row + 1] - offsets[row];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long retainedBytes() {
    return 4L * offsets.length + elements.retainedBytes();
  }

  @Override
  public Column slice(int from, int length) {
    int base = offsets[from];
    int[] o = new int[length + 1];
    for (int i = 0; i <= length; i++) {
      o[i] = offsets[from + i] - base;
    }
    return new ArrayColumn(o, elements.slice(base, o[length]), length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    int[] o = new int[count + 1];
    int total = 0;
    for (int i = 0; i < count; i++) {
      total = Math.addExact(total, offsets[rows[i] + 1] - offsets[rows[i]]);
      o[i + 1] = total;
    }
    int[] elementRows = new int[total];
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int e = offsets[rows[i]], end = offsets[rows[i] + 1]; e < end; e++) {
        elementRows[at++] = e;
      }
    }
    return new ArrayColumn(o, elements.gather(elementRows, total), count);
  }

  /** For each element the row it belongs to: how values beside an array are repeated. */
  public int[] elementRows() {
    int[] rows = new int[offsets[size]];
    for (int i = 0; i < size; i++) {
      Arrays.fill(rows, offsets[i], offsets[i + 1], i);
    }
    return rows;
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(elements.newBuilder(capacity), capacity);
  }

  /** Builds elements, then closes each row. */
  public static final class Builder implements ColumnBuilder {
    private final ColumnBuilder elements;
    private int[] offsets;
    private int size;

    public Builder(ColumnBuilder elements, int capacity) {
      this.elements = elements;
      this.offsets = new int[Math.max(8, capacity + 1)];
    }

    /** The builder of the elements; after a row's elements call {@link #endRow}. */
    public ColumnBuilder elements() {
      return elements;
    }

    /** Ends the row with all elements added since the last one ended. */
    public void endRow() {
      if (size + 1 == offsets.length) {
        offsets = Arrays.copyOf(offsets, Capacity.grown(offsets.length, size + 2L, Integer.BYTES));
      }
      offsets[++size] = elements.size();
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void append(Column source, int row) {
      if (source instanceof ConstColumn c) {
        append(c.value(), 0);
        return;
      }
      var a = (ArrayColumn) source;
      elements.appendRange(a.elements, a.offsets[row], a.lengthAt(row));
      endRow();
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      if (source instanceof ConstColumn) {
        for (int i = 0; i < length; i++) {
          append(source, 0);
        }
        return;
      }
      var a = (ArrayColumn) source.full();
      int base = elements.size() - a.offsets[from];
      elements.appendRange(a.elements, a.offsets[from], a.offsets[from + length] - a.offsets[from]);
      if (size + length + 1 > offsets.length) {
        offsets =
            Arrays.copyOf(
                offsets, Capacity.grown(offsets.length, size + length + 1L, Integer.BYTES));
      }
      for (int i = 1; i <= length; i++) {
        offsets[size + i] = a.offsets[from + i] + base;
      }
      size += length;
    }

    @Override
    public void appendDefault(int count) {
      for (int i = 0; i < count; i++) {
        endRow();
      }
    }

    @Override
    public void truncate(int newSize) {
      size = newSize;
      elements.truncate(offsets[newSize]);
    }

    @Override
    public long retainedBytes() {
      return elements.retainedBytes() + 4L * offsets.length;
    }

    @Override
    public ArrayColumn build() {
      var built = new ArrayColumn(offsets, elements.build(), size);
      offsets = new int[8];
      size = 0;
      return built;
    }
  }
}
