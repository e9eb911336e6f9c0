package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What an engine of the family does with rows of equal sorting key when parts are merged. The plain
 * MergeTree does nothing with them.
 */
public interface MergeMode {
  /** The engine MergeTree. */
  MergeMode ORDINARY = () -> "MergeTree";

  /** The engine's name. */
  String engine();

  /** Treats the rows of one merge; null when all rows stay as they are. */
  default @Nullable RowCombiner newCombiner(MergeTreeMetadata metadata) {
    return null;
  }

  /** Whether the rows of one INSERT are treated in the same way before they are written. */
  default boolean collapsesOnInsert() {
    return false;
  }

  /** Gets all rows of a merge in the order of the sorting key and makes the rows of the result. */
  interface RowCombiner {
    /**
     * The next row.
     *
     * @param source columns of the table, of which {@code row} is meant
     * @param sameKey whether its key is that of the row before
     */
    void add(Column[] source, int row, boolean sameKey, Output out);

    /** There are no more rows. */
    void end(Output out);
  }

  /** The rows of the result. */
  interface Output {
    /** Takes over one row. */
    void copy(Column[] source, int row);

    /**
     * Builders of the columns, for a row that is put together: one value is added to each, then
     * {@link #endRow} is called.
     */
    ColumnBuilder[] builders();

    void endRow();
  }
}
