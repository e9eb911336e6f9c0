package io.longhouse.format;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Values that were left out of the input, by column and row: where DEFAULT expressions apply. */
public final class MissingValues {
  private final @Nullable BitSet[] columns;

  public MissingValues(int columnCount) {
    columns = new BitSet[columnCount];
  }

  void set(int column, int row) {
    BitSet rows = columns[column];
    if (rows == null) {
      rows = new BitSet();
      columns[column] = rows;
    }
    rows.set(row);
  }

  /** Forgets everything from {@code row} on. */
  void truncate(int row) {
    for (BitSet rows : columns) {
      if (rows != null) {
        rows.clear(row, Math.max(row, rows.length()));
      }
    }
  }

  /** The rows in which the column's value is missing, or null where none is. */
  public @Nullable BitSet rows(int column) {
    BitSet rows = columns[column];
    return rows == null || rows.isEmpty() ? null : rows;
  }

  public boolean isEmpty() {
    return Arrays.stream(columns).allMatch(r -> r == null || r.isEmpty());
  }
}
