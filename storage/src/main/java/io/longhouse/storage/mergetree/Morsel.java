package io.longhouse.storage.mergetree;

import io.longhouse.storage.index.MarkRange;
import java.util.ArrayList;
import java.util.List;

/** Granules of one part that a thread reads at a time. */
public record Morsel(PartRange part, int from, int to) {
  /** Rows of a morsel, unless one granule has more. */
  public static final int ROWS_MAX = 65_536;

  /** Bytes of the columns of a morsel, as far as the average row of the part can tell. */
  private static final long BYTES_MAX = 256L << 20;

  /** Cuts what was selected into morsels, in order. */
  public static List<Morsel> of(List<PartRange> parts, int rowsMax) {
    List<Morsel> morsels = new ArrayList<>();
    for (PartRange p : parts) {
      var granularity = p.part().granularity();
      long rowBytes =
          Math.max(1, p.part().checksums().totalRawBytes() / Math.max(1, p.part().rows()));
      long limit = Math.min(rowsMax, Math.max(1, BYTES_MAX / rowBytes));
      for (MarkRange r : p.ranges()) {
        int from = r.from();
        while (from < r.to()) {
          int to = from + 1;
          while (to < r.to() && granularity.rowsBetween(from, to + 1) <= limit) {
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
