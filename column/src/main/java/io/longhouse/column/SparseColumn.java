package io.longhouse.column;

import java.util.Arrays;

/**
 * Mostly zero values: {@code values[k]} stands at row {@code positions[k]} (ascending), every other
 * row holds the layout's zero.
 */
public record SparseColumn(Column values, int[] positions, int size) implements Column {
  @Override
  public long retainedBytes() {
    return values.retainedBytes() + 4L * positions.length + 48;
  }

  @Override
  public Column slice(int from, int length) {
    int begin = lowerBound(from);
    int end = lowerBound(from + length);
    int[] shifted = Arrays.copyOfRange(positions, begin, end);
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] -= from;
    }
    return new SparseColumn(values.slice(begin, end - begin), shifted, length);
  }

  private int lowerBound(int row) {
    int at = Arrays.binarySearch(positions, 0, values.size(), row);
    return at < 0 ? -at - 1 : at;
  }

  @Override
  public Column gather(int[] rows, int count) {
    return full().gather(rows, count);
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return values.newBuilder(capacity);
  }

  @Override
  public Column full() {
    ColumnBuilder out = values.newBuilder(size);
    int next = 0;
    for (int k = 0; k < values.size(); k++) {
      out.appendDefault(positions[k] - next);
      out.append(values, k);
      next = positions[k] + 1;
    }
    out.appendDefault(size - next);
    return out.build();
  }

  /** The index into {@code values} for {@code row}, or -1 where the row holds zero. */
  public int valueIndex(int row) {
    int at = Arrays.binarySearch(positions, 0, values.size(), row);
    return at < 0 ? -1 : at;
  }
}
