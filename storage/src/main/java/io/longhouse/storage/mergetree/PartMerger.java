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
import java.util.Set;
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
  private final MergeMode.Purpose purpose;
  private final PartBuilder builder;
  private final MergeProgress progress;
  private final BandwidthLimit limit;
  private final Function<DataPart, Map<String, String>> renames;

  PartMerger(
      Disk disk,
      MergeTreeMetadata metadata,
      MergeMode mode,
      MergeMode.Purpose purpose,
      PartBuilder builder,
      MergeProgress progress,
      BandwidthLimit limit,
      Function<DataPart, Map<String, String>> renames) {
    this.disk = disk;
    this.metadata = metadata;
    this.mode = mode;
    this.purpose = purpose;
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
    KeyCounts.Builder counts = builder.newCounts();
    try (PartWriter writer =
        PartWriter.open(
            builder.isWide(bytes, rows) || parts.stream().anyMatch(DataPart::isWide),
            disk,
            folder,
            columns,
            metadata.primaryTypes(),
            infos,
            options)) {
      MergeColumns table = MergeColumns.of(metadata);
      mergeRows(
          parts,
          table,
          new MergedRows(table, mode, purpose, BLOCK_ROWS, b -> write(b, writer, counts)));
      DataPart first = parts.getFirst();
      Checksums checksums =
          writer.finish(builder.plainFiles(first.partition(), minMax(parts)), metadata.version());
      builder.sync(List.of(folder));
      return new WrittenPart(
          folder,
          first.name().partitionId(),
          checksums,
          writer.rows(),
          counts == null ? null : counts.build());
    }
  }

  private void write(Block block, PartWriter writer, KeyCounts.@Nullable Builder counts) {
    progress.check();
    Column[] keys = MergedRows.keys(metadata, block);
    if (counts != null) {
      counts.add(keys[0], block.rows());
    }
    writer.write(block.columns(), Arrays.copyOf(keys, metadata.primaryKeySize()), block.rows());
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

  private void mergeRows(List<DataPart> parts, MergeColumns columns, MergedRows out) {
    List<MergeSource> sources = new ArrayList<>();
    List<ScanColumns.Target> targets = ScanColumns.resolve(metadata, columns.names());
    for (DataPart p : parts) {
      Map<String, String> old = renames.apply(p);
      var reader = new ScanReader(metadata, targets, null, Set.of(), _ -> old, true);
      var s = new MergeSource(columns, reader, MergeSource.all(p), sources.size(), this::read);
      if (s.nextBlock()) {
        sources.add(s);
      }
    }
    var merge = new SortedMerge(sources, out);
    while (merge.step()) {
      progress.check();
    }
  }

  private void read(long rows) {
    progress.check();
    progress.read(rows);
  }
}
