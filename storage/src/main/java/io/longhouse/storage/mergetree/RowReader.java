package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.Granularity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads columns of single rows that a scan has found: of each part only the granules that have one
 * of them. For one thread.
 */
public final class RowReader {
  /** Rows of a part, in bits. */
  private static final int ROW_BITS = 40;

  private final MergeTreeMetadata metadata;
  private final List<PartRange> parts;
  private final List<ScanColumns.Target> targets;
  private final Function<DataPart, Map<String, String>> renames;
  private long bytesRead;

  RowReader(
      MergeTreeMetadata metadata,
      List<PartRange> parts,
      List<ScanColumns.Target> targets,
      Function<DataPart, Map<String, String>> renames) {
    this.metadata = metadata;
    this.parts = parts;
    this.targets = targets;
    this.renames = renames;
  }

  /** Bytes of the columns read so far. */
  public long bytesRead() {
    return bytesRead;
  }

  /**
   * The rows in the order in which they are asked for.
   *
   * @param partIndexes as {@code _part_index} has them
   * @param offsets as {@code _part_offset} has them
   * @param beforeGranule called before each granule; may throw
   */
  public Block read(long[] partIndexes, long[] offsets, Runnable beforeGranule) {
    int n = offsets.length;
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      keys[i] = partIndexes[i] << ROW_BITS | offsets[i];
    }
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    List<List<Column>> pieces = new ArrayList<>();
    targets.forEach(_ -> pieces.add(new ArrayList<>()));
    for (int from = 0; from < n; ) {
      long part = sorted[from] >>> ROW_BITS;
      int to = from + 1;
      while (to < n && sorted[to] >>> ROW_BITS == part) {
        to++;
      }
      readPart(range((int) part), sorted, from, to, pieces, beforeGranule);
      from = to;
    }
    int[] places = new int[n];
    for (int i = 0; i < n; i++) {
      places[i] = Arrays.binarySearch(sorted, keys[i]);
    }
    Column[] columns = new Column[targets.size()];
    for (int t = 0; t < columns.length; t++) {
      ColumnBuilder all = targets.get(t).type().newBuilder(n);
      pieces.get(t).forEach(p -> all.appendRange(p, 0, p.size()));
      columns[t] = all.build().gather(places, n);
    }
    return new Block(columns, n);
  }

  private PartRange range(int index) {
    for (PartRange p : parts) {
      if (p.index() == index) {
        return p;
      }
    }
    throw new IllegalArgumentException("no part " + index + " in the scan");
  }

  /** Reads rows {@code sorted[from, to)}, which are of one part, column by column. */
  private void readPart(
      PartRange range,
      long[] sorted,
      int from,
      int to,
      List<List<Column>> pieces,
      Runnable beforeGranule) {
    var part = new PartColumns(metadata, range, renames.apply(range.part()));
    Granularity granularity = range.part().granularity();
    int[] local = new int[to - from];
    for (int t = 0; t < targets.size(); t++) {
      for (int at = from; at < to; ) {
        beforeGranule.run();
        int granule = granularity.granuleOf(row(sorted[at]));
        long start = granularity.start(granule);
        long end = granularity.start(granule + 1);
        int count = 0;
        for (; at < to && row(sorted[at]) < end; at++) {
          local[count++] = (int) (row(sorted[at]) - start);
        }
        Column whole = part.read(targets.get(t), granule, granule + 1);
        bytesRead += whole.retainedBytes();
        pieces.get(t).add(whole.gather(local, count));
      }
    }
  }

  private static long row(long key) {
    return key & (1L << ROW_BITS) - 1;
  }
}
