package io.longhouse.column;

import java.util.Arrays;

/**
 * Dictionary encoding: row i is {@code dictionary[indexes[i]]}. The dictionary is a full column
 * (with NULL as one of its entries where the type is nullable); an entry may occur twice and may be
 * unused.
 */
public final class LowCardinalityColumn implements Column {
  private final Column dictionary;
  private final int[] indexes;
  private final int size;

  public LowCardinalityColumn(Column dictionary, int[] indexes, int size) {
    this.dictionary = dictionary.full();
    this.indexes = indexes;
    this.size = size;
  }

  public Column dictionary() {
    return dictionary;
  }

  public int[] indexes() {
    return indexes;
  }

  /**
   * The same rows over another dictionary of the same length, as a function of the values gives it.
   */
  public LowCardinalityColumn withDictionary(Column other) {
    return new LowCardinalityColumn(other, indexes, size);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long retainedBytes() {
    return dictionary.retainedBytes() + 4L * indexes.length;
  }

  @Override
  public Column slice(int from, int length) {
    return new LowCardinalityColumn(
        dictionary, Arrays.copyOfRange(indexes, from, from + length), length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = indexes[rows[i]];
    }
    return new LowCardinalityColumn(dictionary, out, count);
  }

  @Override
  public boolean isNullAt(int row) {
    return dictionary.isNullAt(indexes[row]);
  }

  @Override
  public Column plain() {
    return dictionary.gather(indexes, size);
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(dictionary.newBuilder(16), capacity);
  }

  /**
   * Appends values of columns that may have different dictionaries. The dictionary of the result is
   * the distinct values in order of first appearance, found by their bytes.
   */
  public static final class Builder implements ColumnBuilder {
    private final ColumnBuilder dictionary;
    private final DistinctValues distinct;
    private final Column prototype;
    private @org.jspecify.annotations.Nullable ColumnBuilder pending;
    private int[] indexes;
    private int size;
    private @org.jspecify.annotations.Nullable Column lastDictionary;
    private int[] lastMapping = new int[0];

    public Builder(ColumnBuilder dictionary, int capacity) {
      this.dictionary = dictionary;
      this.prototype = dictionary.build();
      this.distinct = new DistinctValues(dictionary);
      this.indexes = new int[Math.max(8, capacity)];
    }

    @Override
    public int size() {
      return pending == null ? size : size + pending.size();
    }

    /**
     * A builder of plain values: what is added there becomes the next rows. It lets a parser add
     * values one by one without a column for each; they are looked up when the next row comes
     * another way, and at the end.
     */
    public ColumnBuilder pending() {
      if (pending == null) {
        pending = prototype.newBuilder(indexes.length);
      }
      return pending;
    }

    private void flush() {
      if (pending != null && pending.size() > 0) {
        Column values = pending.build();
        for (int i = 0, n = values.size(); i < n; i++) {
          putIndex(distinct.indexOf(values, i));
        }
      }
    }

    private void addIndex(int index) {
      flush();
      putIndex(index);
    }

    private void putIndex(int index) {
      if (size == indexes.length) {
        indexes = Arrays.copyOf(indexes, indexes.length * 2);
      }
      indexes[size++] = index;
    }

    /** Adds a value given as a full column of the dictionary's layout. */
    public void addValue(Column values, int row) {
      addIndex(distinct.indexOf(values, row));
    }

    private int mapped(LowCardinalityColumn source, int index) {
      if (lastDictionary != source.dictionary) {
        lastDictionary = source.dictionary;
        lastMapping = new int[source.dictionary.size()];
        Arrays.fill(lastMapping, -1);
      }
      if (lastMapping[index] < 0) {
        lastMapping[index] = distinct.indexOf(source.dictionary, index);
      }
      return lastMapping[index];
    }

    @Override
    public void append(Column source, int row) {
      switch (source) {
        case LowCardinalityColumn l -> addIndex(mapped(l, l.indexes[row]));
        case ConstColumn c -> append(c.value(), 0);
        case SparseColumn s -> append(s.slice(row, 1).full(), 0);
        default -> addValue(source, row);
      }
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      Column s = source instanceof SparseColumn ? source.full() : source;
      for (int i = 0; i < length; i++) {
        append(s, from + i);
      }
    }

    @Override
    public void appendDefault(int count) {
      ColumnBuilder one = dictionary instanceof NullableColumn.Builder n ? n : dictionary;
      int index = distinct.indexOfDefault(one);
      for (int i = 0; i < count; i++) {
        addIndex(index);
      }
    }

    @Override
    public void truncate(int newSize) {
      if (pending != null) {
        pending.truncate(Math.max(0, newSize - size));
      }
      size = Math.min(size, newSize);
    }

    @Override
    public long retainedBytes() {
      return dictionary.retainedBytes()
          + 4L * indexes.length
          + (pending == null ? 0 : pending.retainedBytes());
    }

    @Override
    public LowCardinalityColumn build() {
      flush();
      var built = new LowCardinalityColumn(dictionary.build(), indexes, size);
      distinct.clear();
      indexes = new int[8];
      size = 0;
      lastDictionary = null;
      return built;
    }
  }
}
