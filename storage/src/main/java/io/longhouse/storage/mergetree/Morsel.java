package io.longhouse.storage.mergetree;

import io.longhouse.storage.index.MarkRange;
import java.util.ArrayList;
import java.util.List;

/** Granules of one part that a thread reads at a time. */
public record Morsel(PartRange part, int from, int to) {
  /** Rows of a morsel, unless one granule has more. */
  public static final int ROWS_MAX = 65_536;

  /** Cuts what was selected into morsels, in order. */
  public static List<Morsel> of(List<PartRange> parts, int rowsMax) {
    List<Morsel> morsels = new ArrayList<>();
    for (PartRange p : parts) {
      var granularity = p.part().granularity();
      for (MarkRange r : p.ranges()) {
        int from = r.from();
        while (from < r.to()) {
          int to = from + 1;
          while (to < r.to() && granularity.rowsBetween(from, to + 1) <= rowsMax) {
            to++;
          }
          morsels.add(new Morsel(p, from, to));
          from = to;
        }
      }
    }
    return morsels;
  }

  public long rows() {
    return part.part().granularity().rowsBetween(from, to);
  }
}
