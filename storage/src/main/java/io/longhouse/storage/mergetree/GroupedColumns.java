package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;

/**
 * Some columns of rows that come sorted by key, of which each group of equal key gives one value.
 * The last group of a batch may go on in the next one, where it is group 0.
 */
interface GroupedColumns {
  /** Places of these columns among those of the merge. */
  int[] places();

  /**
   * Adds rows.
   *
   * @param columns of the merge, full
   * @param groups for each row its group, ascending
   * @param firsts the first rows of the groups that are new
   * @param newGroups how many of those there are
   * @param total how many groups there are now
   */
  void add(Column[] columns, int rows, int[] groups, int[] firsts, int newGroups, int total);

  /**
   * The values of the first {@code finished} groups, for each place a column; a group behind them
   * goes on as group 0.
   */
  Column[] take(int finished, int total);
}
