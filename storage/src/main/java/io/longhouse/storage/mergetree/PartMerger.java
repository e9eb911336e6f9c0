package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.Checksums;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.MinMaxIndex;
import io.longhouse.storage.part.PartColumn;
import io.longhouse.storage.part.PartOptions;
import io.longhouse.storage.part.PartWriter;
import io.longhouse.storage.part.SerializationInfos;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted parts into one: all columns together, the least key of all sources first, of equal
 * keys that of the older part.
 */
final class PartMerger {
  private static final int BLOCK_ROWS = 8192;

  private final Disk disk;
  private final MergeTreeMetadata metadata;
  private final MergeMode mode;
  private final PartBuilder builder;
  private final MergeProgress progress;
  private final BandwidthLimit limit;
  private final Function<DataPart, Map<String, String>> renames;

  PartMerger(
      Disk disk,
      MergeTreeMetadata metadata,
      MergeMode mode,
      PartBuilder builder,
      MergeProgress progress,
      BandwidthLimit limit,
      Function<DataPart, Map<String, String>> renames) {
    this.disk = disk;
    this.metadata = metadata;
    this.mode = mode;
    this.builder = builder;
    this.progress = progress;
    this.limit = limit;
    this.renames = renames;
  }

  /**
   * Writes the merged part to a folder where nothing is yet, and syncs it.
   *
   * @param parts by their first block
   */
  WrittenPart merge(List<DataPart> parts, String folder) {
    List<PartColumn> columns = builder.partColumns();
    PartOptions options = builder.options();
    long bytes = parts.stream().mapToLong(p -> p.checksums().totalRawBytes()).sum();
    long rows = parts.stream().mapToLong(DataPart::rows).sum();
    SerializationInfos infos =
        SerializationInfos.merge(
            columns,
            parts.stream().map(DataPart::serializationInfos).toList(),
            parts.stream().map(DataPart::rows).toList(),
            options.sparseRatio(),
            options.sizedStrings());
    disk.createFolders(folder);
    try (PartWriter writer =
        PartWriter.open(
            builder.isWide(bytes, rows),
            disk,
            folder,
            columns,
            metadata.primaryTypes(),
            infos,
            options)) {
      var merged = new MergedRows(metadata, mode, BLOCK_ROWS, b -> write(b, writer));
      mergeRows(parts, merged);
      DataPart first = parts.getFirst();
      Checksums checksums =
          writer.finish(builder.plainFiles(first.partition(), minMax(parts)), metadata.version());
      builder.sync(List.of(folder));
      return new WrittenPart(folder, first.name().partitionId(), checksums, writer.rows());
    }
  }

  private void write(Block block, PartWriter writer) {
    progress.check();
    Column[] keys = Arrays.copyOf(MergedRows.keys(metadata, block), metadata.primaryKeySize());
    writer.write(block.columns(), keys, block.rows());
    progress.wrote(block.rows());
    limit.take(block.retainedBytes());
  }

  private static @Nullable MinMaxIndex minMax(List<DataPart> parts) {
    MinMaxIndex all = null;
    for (DataPart p : parts) {
      MinMaxIndex m = p.minMax();
      if (m == null) {
        return null;
      }
      all = all == null ? m : all.merge(m);
    }
    return all;
  }

  private void mergeRows(List<DataPart> parts, MergedRows out) {
    List<MergeSource> sources = new ArrayList<>();
    for (DataPart p : parts) {
      var s = new MergeSource(metadata, p, sources.size(), progress, renames.apply(p));
      if (s.nextBlock()) {
        sources.add(s);
      }
    }
    // Sources ascend by their current row; there are few of them, and one mostly gives many rows.
    sources.sort((a, b) -> a.comesBefore(b) ? -1 : 1);
    @Nullable RowOrder previousOrder = null;
    int previousRow = 0;
    while (!sources.isEmpty()) {
      MergeSource s = sources.getFirst();
      int n = sources.size() == 1 ? s.rowsLeft() : s.rowsBefore(sources.get(1));
      if (out.combines()) {
        RowOrder order = s.order();
        for (int i = s.row(); i < s.row() + n; i++) {
          boolean same = previousOrder != null && order.compare(i, previousOrder, previousRow) == 0;
          out.add(s.columns(), i, same);
          previousOrder = order;
          previousRow = i;
        }
      } else {
        out.addRun(s.columns(), s.row(), n);
      }
      sources.removeFirst();
      if (s.advance(n)) {
        insert(sources, s);
      }
    }
    out.end();
  }

  private static void insert(List<MergeSource> sources, MergeSource s) {
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
