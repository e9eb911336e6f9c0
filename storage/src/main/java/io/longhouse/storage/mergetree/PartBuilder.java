package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ContentBytes;
import io.longhouse.column.Turns;
import io.longhouse.function.expr.Program;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.Checksums;
import io.longhouse.storage.part.KeyValues;
import io.longhouse.storage.part.MinMaxIndex;
import io.longhouse.storage.part.PartColumn;
import io.longhouse.storage.part.PartOptions;
import io.longhouse.storage.part.PartWriter;
import io.longhouse.storage.part.SerializationInfos;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one partition as a part in a temporary folder. */
final class PartBuilder {
  private final Disk disk;
  private final MergeTreeMetadata metadata;
  private final MergeTreeSettings settings;
  private final PartOptions options;
  private final PartKeyCounts keyCounts;

  PartBuilder(
      Disk disk, MergeTreeMetadata metadata, MergeTreeSettings settings, PartKeyCounts keyCounts) {
    this.keyCounts = keyCounts;
    this.disk = disk;
    this.metadata = metadata;
    this.settings = settings;
    this.options = PartOptions.of(settings);
  }

  PartOptions options() {
    return options;
  }

  /** For the rows of a part by tenant; null if they are not counted. */
  KeyCounts.@Nullable Builder newCounts() {
    return keyCounts.newBuilder();
  }

  /** The table's columns as parts are written with them. */
  List<PartColumn> partColumns() {
    return metadata.columns().stream()
        .map(c ->
            new PartColumn(
                c.name(), c.type(), c.codec() == null ? options.defaultCodec() : c.codec()))
        .toList();
  }

  /** Whether a part of that size is written with a file for each column. */
  boolean isWide(long bytes, long rows) {
    return !options.adaptive()
        || bytes >= settings.number("min_bytes_for_wide_part")
            && rows >= settings.number("min_rows_for_wide_part");
  }

  /**
   * Sorts the rows and writes them; the files are still to be synced.
   *
   * @param folder a path where nothing is yet
   * @param collapse what is done with rows of equal keys before, null for nothing
   */
  WrittenPart write(PartitionSplit split, String folder, @Nullable MergeMode collapse) {
    Column[] values = split.block().columns();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          io.longhouse.column.serial.WireForm.inLayout(metadata.columns().get(i).type(), values[i]);
    }
    int rows = split.block().rows();
    List<PartColumn> columns = partColumns();
    // ClickHouse looks at a sample of the rows as they came, or as they were combined.
    var infos =
        SerializationInfos.of(columns, values, options.sparseRatio(), options.sizedStrings());
    Column[] keys = new Program(metadata.sortingKey()).evaluate(new Block(values, rows));
    int[] permutation = RowOrder.permutation(metadata.sortingTypes(), keys, rows);
    if (permutation != null) {
      for (int i = 0; i < values.length; i++) {
        Turns.between();
        values[i] = values[i].gather(permutation, rows);
      }
      for (int i = 0; i < keys.length; i++) {
        keys[i] = keys[i].gather(permutation, rows);
      }
    }
    if (collapse != null && collapse.combines()) {
      Block collapsed =
          MergedRows.collapse(MergeColumns.of(metadata), collapse, values, keys, rows);
      values = collapsed.columns();
      rows = collapsed.rows();
      keys = new Program(metadata.sortingKey()).evaluate(collapsed);
      infos = SerializationInfos.of(columns, values, options.sparseRatio(), options.sizedStrings());
    }
    disk.createFolders(folder);
    Column[] primary = java.util.Arrays.copyOf(keys, metadata.primaryKeySize());
    try (PartWriter writer =
        PartWriter.open(
            isWide(ContentBytes.encoded(values), rows),
            disk,
            folder,
            columns,
            metadata.primaryTypes(),
            infos,
            options)) {
      writer.write(values, primary, rows);
      Checksums checksums =
          writer.finish(plainFiles(split.key(), minMax(values, rows)), metadata.version());
      KeyCounts.Builder counts = newCounts();
      if (counts != null) {
        counts.add(keys[0], rows);
      }
      return new WrittenPart(
          folder, split.id(), checksums, rows, counts == null ? null : counts.build());
    }
  }

  private @Nullable MinMaxIndex minMax(Column[] values, int rows) {
    List<Integer> places = metadata.minMaxColumns();
    if (places.isEmpty() || rows == 0) {
      return null;
    }
    List<Column> columns = new ArrayList<>();
    places.forEach(i -> columns.add(values[i]));
    return MinMaxIndex.of(metadata.partSchema().minMaxColumns(), columns);
  }

  /** The files about the partition, and the part's id where the table wants one. */
  Map<String, byte[]> plainFiles(List<Column> partition, @Nullable MinMaxIndex minMax) {
    Map<String, byte[]> files = new HashMap<>();
    if (!metadata.partitionKey().isEmpty()) {
      var out = new ByteWriter(32);
      for (int i = 0; i < partition.size(); i++) {
        KeyValues.write(metadata.partitionTypes().get(i), partition.get(i), 0, out);
      }
      files.put("partition.dat", out.toByteArray());
      if (minMax != null) {
        minMax.write(files);
      }
    }
    if (settings.isOn("assign_part_uuids")) {
      files.put("uuid.txt", UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
    }
    return files;
  }

  /** Makes the files of folders and their names survive a loss of power. */
  void sync(List<String> folders) {
    if (!options.sync()) {
      return;
    }
    List<String> files = new ArrayList<>();
    for (String folder : folders) {
      for (String file : disk.list(folder)) {
        files.add(folder + "/" + file);
      }
    }
    disk.sync(files);
    folders.forEach(disk::syncFolder);
  }
}
