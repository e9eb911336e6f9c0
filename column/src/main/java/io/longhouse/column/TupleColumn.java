package io.longhouse.column;

import java.util.List;

/** Columns side by side. The size is kept apart, since a tuple may have no elements. */
public record TupleColumn(List<Column> elements, int size) implements Column {
  public TupleColumn {
    elements = List.copyOf(elements);
  }

  @Override
  public long retainedBytes() {
    long sum = 32;
    for (Column e : elements) {
      sum += e.retainedBytes();
    }
    return sum;
  }

  @Override
  public Column slice(int from, int length) {
    return new TupleColumn(elements.stream().map(e -> e.slice(from, length)).toList(), length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    return new TupleColumn(elements.stream().map(e -> e.gather(rows, count)).toList(), count);
  }

  @Override
  public Column full() {
    return new TupleColumn(elements.stream().map(Column::full).toList(), size);
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(elements.stream().map(e -> e.newBuilder(capacity)).toList());
  }

  /** Builds the elements side by side. */
  public static final class Builder implements ColumnBuilder {
    private final List<ColumnBuilder> elements;
    private int size;

    public Builder(List<ColumnBuilder> elements) {
      this.elements = List.copyOf(elements);
    }

    /** The builders of the elements; after adding one value to each, call {@link #addedRow}. */
    public List<ColumnBuilder> elements() {
      return elements;
    }

    public void addedRow() {
      size++;
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
      var t = (TupleColumn) source;
      for (int i = 0; i < elements.size(); i++) {
        elements.get(i).append(t.elements.get(i), row);
      }
      size++;
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      var t = (TupleColumn) source.full();
      for (int i = 0; i < elements.size(); i++) {
        elements.get(i).appendRange(t.elements.get(i), from, length);
      }
      size += length;
    }

    @Override
    public void appendDefault(int count) {
      for (ColumnBuilder e : elements) {
        e.appendDefault(count);
      }
      size += count;
    }

    @Override
    public void truncate(int newSize) {
      for (ColumnBuilder e : elements) {
        if (e.size() > newSize) {
          e.truncate(newSize);
        }
      }
      size = newSize;
    }

    @Override
    public long retainedBytes() {
      long sum = 0;
      for (ColumnBuilder e : elements) {
        sum += e.retainedBytes();
      }
      return sum;
    }

    @Override
    public TupleColumn build() {
      var built = new TupleColumn(elements.stream().map(ColumnBuilder::build).toList(), size);
      size = 0;
      return built;
    }
  }
}
