package io.longhouse.storage.mergetree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorted sources become one sorted sequence of rows: the least key of all first, of equal keys that
 * of the source with the lower number. Goes on by steps, so that a reader can take what there is.
 */
final class SortedMerge {
  private final MergedRows out;

  /** Ascending by the current row; there are few, and one mostly gives many rows. */
  private final List<MergeSource> sources;

  private @Nullable RowOrder previousOrder;
  private int previousRow;
  private boolean[] sameKey = new boolean[0];
  private boolean ended;

  /**
   * @param sources those that have rows, each at its first
   */
  SortedMerge(List<MergeSource> sources, MergedRows out) {
    this.sources = new ArrayList<>(sources);
    this.sources.sort((a, b) -> a.comesBefore(b) ? -1 : 1);
    this.out = out;
  }

  /** Passes some rows on; false when there were none left. */
  boolean step() {
    if (sources.isEmpty()) {
      if (!ended) {
        ended = true;
        out.end();
      }
      return false;
    }
    MergeSource s = sources.getFirst();
    int n = sources.size() == 1 ? s.rowsLeft() : s.rowsBefore(sources.get(1));
    if (out.combines()) {
      markSameKeys(s, n);
    }
    out.add(s.columns(), s.row(), n, sameKey);
    sources.removeFirst();
    if (s.advance(n)) {
      insert(s);
    }
    return true;
  }

  private void markSameKeys(MergeSource s, int n) {
    if (sameKey.length < n) {
      sameKey = new boolean[n];
    }
    RowOrder order = s.order();
    int first = s.row();
    RowOrder before = previousOrder;
    sameKey[0] = before != null && order.compare(first, before, previousRow) == 0;
    for (int i = 1; i < n; i++) {
      sameKey[i] = order.compare(first + i - 1, first + i, 0) == 0;
    }
    previousOrder = order;
    previousRow = first + n - 1;
  }

  private void insert(MergeSource s) {
    int low = 0;
    int high = sources.size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (s.comesBefore(sources.get(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    sources.add(low, s);
  }
}
