package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine of the family does with rows of equal sorting key: when parts are merged, with the
 * rows of one INSERT, and in a SELECT with FINAL. The plain MergeTree does nothing with them.
 */
public interface MergeMode {
  /** The engine MergeTree. */
  MergeMode ORDINARY = new OrdinaryMode();

  /** Why rows are put together. */
  enum Purpose {
    /** The rows of one INSERT before they are written. */
    INSERT,
    /** Parts become one. */
    MERGE,
    /** {@code OPTIMIZE ... FINAL CLEANUP}: rows that say that a key is gone go as well. */
    CLEANUP,
    /** {@code SELECT ... FINAL}. */
    FINAL
  }

  /** The engine's name. */
  String engine();

  /** Treats the rows of one merge; null when all rows stay as they are. */
  default @Nullable RowCombiner newCombiner(MergeColumns columns, Purpose purpose) {
    return null;
  }

  /** Columns of the table, besides those of its key, without which rows cannot be combined. */
  default List<String> requiredColumns() {
    return List.of();
  }

  /** Whether rows of the result may have values that no row had. */
  default boolean makesValues() {
    return false;
  }

  /** Whether there is anything that is done with rows of equal key. */
  default boolean combines() {
    return true;
  }

  /** Gets all rows of a merge in the order of the sorting key and makes the rows of the result. */
  interface RowCombiner {
    /**
     * The next rows.
     *
     * @param source columns of the merge, of which rows {@code [from, from + length)} are meant;
     *     they may be kept
     * @param sameKey for each of these rows, from place 0 on, whether its key is that of the row
     *     before
     */
    void add(Column[] source, int from, int length, boolean[] sameKey, Output out);

    /** There are no more rows. */
    void end(Output out);
  }

  /** The rows of the result. */
  interface Output {
    /** Takes over rows {@code [from, from + length)}. */
    void copy(Column[] source, int from, int length);
  }
}
