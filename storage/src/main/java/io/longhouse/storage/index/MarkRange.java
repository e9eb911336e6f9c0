package io.longhouse.storage.index;

import java.util.ArrayList;
import java.util.List;

/** Granules {@code [from, to)} of a part. */
public record MarkRange(int from, int to) {
  public int count() {
    return to - from;
  }

  /** The granules of an index whose keys can pass a condition, in ascending ranges. */
  public static List<MarkRange> select(KeySpace space, int granules, int indexRows) {
    List<MarkRange> found = new ArrayList<>();
    search(space, 0, granules, indexRows, found);
    return found;
  }

  /** How many pieces a range is cut into that can pass as a whole. */
  private static final int PIECES = 8;

  private static void search(
      KeySpace space, int from, int to, int indexRows, List<MarkRange> found) {
    if (from >= to || !space.canBeTrueBetween(from, to < indexRows ? to : KeySpace.UNBOUNDED)) {
      return;
    }
    if (to - from == 1) {
      int last = found.size() - 1;
      if (last >= 0 && found.get(last).to == from) {
        found.set(last, new MarkRange(found.get(last).from, to));
      } else {
        found.add(new MarkRange(from, to));
      }
      return;
    }
    int step = (to - from - 1) / PIECES + 1;
    for (int at = from; at < to; at += step) {
      search(space, at, Math.min(to, at + step), indexRows, found);
    }
  }
}
