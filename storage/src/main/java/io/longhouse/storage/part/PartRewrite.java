package io.longhouse.storage.part;

import io.longhouse.column.Column;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.column.serial.Substream;
import io.longhouse.storage.disk.Disk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A new Wide part that shares with an old one the files of all columns that do not change, by hard
 * links. The granules stay the same. First the new columns' rows are written, then {@link #finish}.
 */
public final class PartRewrite implements AutoCloseable {
  private static final List<String> WRITTEN_ANEW =
      List.of(
          "serialization.json",
          "columns.txt",
          "columns_substreams.txt",
          "checksums.txt",
          "default_compression_codec.txt",
          "metadata_version.txt");

  private final DataPart old;
  private final Disk disk;
  private final String folder;
  private final List<PartColumn> columns;
  private final Map<String, String> oldNames;
  private final Set<String> rewritten;
  private final SerializationInfos infos;
  private final WidePartWriter writer;

  /**
   * @param folder exists and is empty
   * @param columns all of the new part
   * @param rewritten names of those that are written, in the order of {@code columns}
   * @param oldNames of columns that had another name in the old part
   * @param infos of the new part
   */
  public PartRewrite(
      DataPart old,
      String folder,
      List<PartColumn> columns,
      Set<String> rewritten,
      Map<String, String> oldNames,
      SerializationInfos infos,
      PartOptions options) {
    this.old = old;
    this.disk = old.disk();
    this.folder = folder;
    this.columns = List.copyOf(columns);
    this.rewritten = Set.copyOf(rewritten);
    this.oldNames = Map.copyOf(oldNames);
    this.infos = infos;
    this.writer =
        new WidePartWriter(
            disk,
            folder,
            columns.stream().filter(c -> rewritten.contains(c.name())).toList(),
            List.of(),
            infos,
            likeOld(options),
            old.granularity());
  }

  /** The marks of all columns of a part are of one kind. */
  private PartOptions likeOld(PartOptions o) {
    return new PartOptions(
        o.defaultCodec(),
        o.marksCodec(),
        o.indexCodec(),
        o.granuleRowsMax(),
        old.isAdaptive() ? Math.max(1, o.granuleBytes()) : 0,
        o.blockBytesMin(),
        o.blockBytesMax(),
        o.sparseRatio(),
        infos.sizedStrings(),
        old.markExtension().startsWith(".c"),
        o.compressIndex(),
        o.sync());
  }

  /** Adds rows of the columns that are rewritten. */
  public void write(Column[] values, int rows) {
    writer.write(values, new Column[0], rows);
  }

  /** Links what stays and writes the part's descriptions. */
  public Checksums finish(long metadataVersion) {
    writer.finishData();
    Map<String, Checksums.Entry> files = writer.files;
    Set<String> ofColumns = new HashSet<>();
    for (var f : old.columns()) {
      for (String s : streams(f.name(), f.type(), old.serializationInfos())) {
        String file = old.streamFile(s);
        ofColumns.add(file + ".bin");
        ofColumns.add(file + old.markExtension());
      }
    }
    List<List<String>> substreams = new ArrayList<>();
    Map<String, String> links = new HashMap<>();
    for (PartColumn c : columns) {
      List<String> own = streams(c.name(), c.type(), infos);
      substreams.add(own);
      if (!rewritten.contains(c.name())) {
        String before = oldNames.getOrDefault(c.name(), c.name());
        List<String> was = streams(before, c.type(), infos(before, c.name()));
        for (int i = 0; i < own.size(); i++) {
          String from = old.streamFile(was.get(i));
          String to = PartWriter.fileName(own.get(i));
          links.put(to + ".bin", from + ".bin");
          links.put(to + old.markExtension(), from + old.markExtension());
        }
      }
    }
    for (String file : old.checksums().files().keySet()) {
      if (!ofColumns.contains(file) && !WRITTEN_ANEW.contains(file) && !isStale(file)) {
        links.put(file, file);
      }
    }
    links.forEach((to, from) -> {
      Checksums.Entry e = old.checksums().files().get(from);
      if (e != null && !files.containsKey(to)) {
        disk.link(old.folder() + "/" + from, folder + "/" + to);
        files.put(to, e);
      }
    });
    if (!infos.columns().isEmpty() || infos.sizedStrings()) {
      writer.writePlain(
          "serialization.json", infos.toJson().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return writer.writeUncheckedFiles(columns, substreams, metadataVersion);
  }

  /**
   * What was computed from the columns' values and may not fit the new ones. A part without these
   * files is whole; they are made again when it is merged or they are materialized.
   */
  private boolean isStale(String file) {
    boolean derived =
        file.startsWith("skp_idx_")
            || file.endsWith(".proj")
            || file.startsWith("statistics")
            || file.equals("ttl.txt");
    return derived && (!rewritten.isEmpty() || file.endsWith(".proj"));
  }

  /** The kind that a renamed column had under its old name. */
  private SerializationInfos infos(String before, String now) {
    return before.equals(now) ? infos : old.serializationInfos();
  }

  private static List<String> streams(
      String column, io.longhouse.column.type.DataType type, SerializationInfos infos) {
    return BulkSerialization.of(
            column, type, infos.kind(column), BulkSerialization.Form.wide(infos.sizedStrings(type)))
        .substreams()
        .stream()
        .map(Substream::name)
        .toList();
  }

  @Override
  public void close() {
    writer.close();
  }
}
