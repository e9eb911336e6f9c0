package io.longhouse.storage.mergetree;

import io.longhouse.storage.index.MarkRange;
import io.longhouse.storage.part.DataPart;
import java.util.List;

/**
 * What is to be read of a part.
 *
 * @param index place of the part in the snapshot: {@code _part_index}
 * @param startRow rows of the parts before it that are read: {@code _part_starting_offset}
 */
public record PartRange(DataPart part, int index, long startRow, List<MarkRange> ranges) {
  public PartRange {
    ranges = List.copyOf(ranges);
  }

  public int granules() {
    return ranges.stream().mapToInt(MarkRange::count).sum();
  }

  public long rows() {
    return ranges.stream().mapToLong(r -> part.granularity().rowsBetween(r.from(), r.to())).sum();
  }
}
