package io.longhouse.engine.table;

import io.longhouse.column.Block;
import io.longhouse.engine.exec.Lane;
import io.longhouse.function.expr.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A read of a table, decided but not begun. */
public interface Scan {
  /**
   * The lanes that together yield every row once; their blocks have the request's columns.
   *
   * @param parallelism how many lanes can run at once; fewer may come when there is little to read
   */
  List<Lane> lanes(int parallelism);

  /** Whether rows that the request's filter rules out are left out by the scan itself. */
  default boolean appliesFilter() {
    return false;
  }

  /**
   * Has rows counted that a row policy lets through: of those that remain if the indexes were
   * exact, before anything else that was wanted is asked of them.
   *
   * @return whether the scan will do so; if not, the caller counts
   */
  default boolean countsVisible(RowCount counts) {
    return false;
  }

  /**
   * Whether an operand of the filter's AND has the indexes leave out rows. Where the scan does not
   * apply the filter, rows for which it is not true count no more than those left out, whose number
   * depends on rows that a policy hides.
   */
  default boolean isIndexed(Expr operand) {
    return false;
  }

  /**
   * Whether rows are passed over unread because others were found first: how many come out then
   * depends on rows that a policy hides.
   */
  default boolean readsBestFirst() {
    return false;
  }

  /** Takes counts of rows, from any thread. */
  interface RowCount {
    void add(long rows, long bytes);
  }

  /** Rows that will be read at most; -1 when not known. */
  default long rowsToRead() {
    return -1;
  }

  /**
   * Says, before lanes are made, that {@link #fetch} will be called; what it needs is then kept
   * until the query ends.
   */
  default void keepForFetch() {
    throw new UnsupportedOperationException();
  }

  /**
   * Further columns of rows that lanes have yielded, where a table has the virtual columns {@code
   * _part_index} and {@code _part_offset}.
   *
   * @param parts the rows' {@code _part_index}
   * @param offsets the rows' {@code _part_offset}
   */
  default Block fetch(List<String> columns, long[] parts, long[] offsets) {
    throw new UnsupportedOperationException();
  }

  /** What the indexes leave to be read. */
  record Estimate(long parts, long rows, long marks) {}

  /** What will be read, null where there are no parts. */
  default @Nullable Estimate estimate() {
    return null;
  }

  /** Lines for {@code EXPLAIN indexes = 1}: what was pruned by what. */
  default List<String> describe() {
    return List.of();
  }
}
