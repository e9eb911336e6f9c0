package io.longhouse.engine.table.file;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.compress.FileCompression;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.format.Formats;
import io.longhouse.format.OutputFormat;
import io.longhouse.format.OutputStatistics;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One INSERT into one file. What was in the file stays in front; an INSERT that fails leaves it as
 * it was.
 */
final class FileWriter implements TableWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileSource source;
  private final Path path;
  private final Header header;
  private final FormatSettings settings;
  private final QueryContext context;
  private @Nullable Open open;

  private record Open(
      Path file,
      FileChannel channel,
      long lengthBefore,
      OutputStream packed,
      ByteWriter out,
      OutputFormat format) {}

  FileWriter(
      FileSource source, Path path, Header header, FormatSettings settings, QueryContext context) {
    this.source = source;
    this.path = path;
    this.header = header;
    this.settings = settings;
    this.context = context;
    try {
      target();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  static LonghouseException failure(Path path, IOException e) {
    return new LonghouseException(
        ErrorCode.CANNOT_OPEN_FILE, "Cannot write file " + path + ": " + e.getMessage(), e);
  }

  /** Where to write; another file beside it when that one cannot be appended to. */
  private Path target() throws IOException {
    boolean appends = Formats.outputFactory(source.format()).canAppend();
    if (!Files.exists(path)
        || Files.size(path) == 0
        || appends
        || context.settings().isOn("engine_file_truncate_on_insert")) {
      return path;
    }
    if (context.settings().isOn("engine_file_allow_create_multiple_files")) {
      return beside();
    }
    throw new LonghouseException(
        ErrorCode.CANNOT_APPEND_TO_FILE,
        "File "
            + path
            + " already exists and data cannot be appended to this file as the "
            + source.format()
            + " format doesn't support appends. You can enable truncate on insertion with the"
            + " `engine_file_truncate_on_insert` setting, or you can configure ClickHouse to create"
            + " a new file on each insert by enabling the setting"
            + " `engine_file_allow_create_multiple_files`.");
  }

  /** {@code name.1.json} and so on, for {@code name.json}. */
  private Path beside() {
    String name = path.getFileName().toString();
    int dot = name.indexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    String ending = dot < 0 ? "" : name.substring(dot);
    for (int i = 1; ; i++) {
      Path p = path.resolveSibling(stem + "." + i + ending);
      if (!Files.exists(p)) {
        return p;
      }
    }
  }

  private Open open() {
    Open o = open;
    if (o != null) {
      return o;
    }
    try {
      Path file = target();
      FileCompression packing = source.compression(file).ensureAvailable();
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (context.settings().isOn("engine_file_truncate_on_insert")) {
        channel.truncate(0);
      }
      long before = channel.size();
      channel.position(before);
      OutputStream packed = packing.encode(kept(channel));
      var out = new ByteWriter(packed, BUFFER_BYTES);
      OutputFormat format = Formats.output(source.format(), header, settings, out);
      if (before == 0) {
        format.begin();
      }
      o = new Open(file, channel, before, packed, out, format);
      open = o;
      return o;
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  @Override
  public void write(Block block) {
    open().format.write(block);
  }

  @Override
  public void finish() {
    Open o = open();
    try (FileChannel channel = o.channel) {
      o.format.finish(OutputStatistics.NONE);
      o.out.flush();
      o.packed.close();
      channel.force(true);
    } catch (IOException e) {
      throw failure(o.file, e);
    }
  }

  /** The file as packers see it: ending them leaves it open, so that it can be made durable. */
  private static OutputStream kept(FileChannel channel) {
    return new FilterOutputStream(Channels.newOutputStream(channel)) {
      @Override
      public void write(byte[] b, int off, int len) throws IOException {
        out.write(b, off, len);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  @Override
  public void abort() {
    Open o = open;
    if (o == null) {
      return;
    }
    try (FileChannel channel = o.channel) {
      channel.truncate(o.lengthBefore);
      if (o.lengthBefore == 0) {
        Files.deleteIfExists(o.file);
      }
    } catch (IOException e) {
      throw failure(o.file, e);
    }
  }
}
