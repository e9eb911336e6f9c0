package io.longhouse.engine.table.lookup;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.compress.CompressedInput;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.engine.catalog.MetadataFiles;
import io.longhouse.format.Formats;
import io.longhouse.format.InputFormat;
import io.longhouse.format.InputOptions;
import io.longhouse.format.OutputFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a table's INSERTs, numbered from 1. A new one is written in {@code tmp} and then
 * renamed. Used under the table's lock.
 */
final class InsertFiles {
  private static final String SUFFIX = ".bin";

  private final @Nullable Path folder;
  private final Header header;
  private final TreeMap<Long, Path> files = new TreeMap<>();

  /**
   * @param folder null keeps nothing on disk
   */
  InsertFiles(@Nullable Path folder, Header header) {
    this.folder = folder;
    this.header = header;
    if (folder != null) {
      for (Path p : MetadataFiles.list(folder, SUFFIX)) {
        String name = p.getFileName().toString();
        files.put(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), p);
      }
    }
  }

  /** The blocks of all INSERTs in their order. */
  List<Block> load() {
    List<Block> blocks = new ArrayList<>();
    for (Path file : files.values()) {
      try (var in = Files.newInputStream(file)) {
        var bytes = new ByteReader(new CompressedInput(in, file.toString()));
        InputFormat format =
            Formats.input("Native", header, FormatSettings.DEFAULT, bytes, InputOptions.DEFAULT);
        for (Block b = format.read(); b != null; b = format.read()) {
          blocks.add(b);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return blocks;
  }

  /** Keeps one INSERT's blocks. */
  void add(List<Block> blocks) {
    Path in = folder;
    if (in == null) {
      return;
    }
    long number = files.isEmpty() ? 1 : files.lastKey() + 1;
    Path temporary = in.resolve("tmp").resolve(number + SUFFIX);
    Path file = in.resolve(number + SUFFIX);
    try {
      Files.createDirectories(in.resolve("tmp"));
      write(temporary, blocks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    MetadataFiles.move(temporary, file);
    files.put(number, file);
  }

  private void write(Path file, List<Block> blocks) throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var frames = new CompressedOutput(Channels.newOutputStream(channel), Codecs.parse("LZ4"));
      var out = new ByteWriter(frames, 1 << 16);
      OutputFormat format = Formats.output("Native", header, FormatSettings.DEFAULT, out);
      format.begin();
      blocks.forEach(format::write);
      out.flush();
      frames.closeBlock();
      channel.force(false);
    }
  }

  void clear() {
    files.values().forEach(MetadataFiles::delete);
    files.clear();
  }

  void drop() {
    if (folder != null) {
      MetadataFiles.deleteTree(folder);
    }
  }
}
