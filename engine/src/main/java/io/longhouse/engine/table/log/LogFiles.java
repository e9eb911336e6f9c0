package io.longhouse.engine.table.log;

import io.longhouse.column.compress.RandomAccessBytes;
import io.longhouse.column.serial.FileNames;
import io.longhouse.engine.catalog.MetadataFiles;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.PartCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of one table, with the sizes up to which they count. Safe for many threads. */
final class LogFiles {
  private static final String SIZES = "sizes.json";
  private static final Pattern SIZE = Pattern.compile("\"([^\"]+)\":\\{\"size\":\"(\\d+)\"\\}");

  private final Path folder;
  private final TreeMap<String, Long> sizes = new TreeMap<>();

  private LogFiles(Path folder) {
    this.folder = folder;
  }

  /** Opens a table's folder, made if it is not there, and cuts off what does not count. */
  static LogFiles open(TableEngine.Definition d) {
    Path path = d.dataPath();
    try {
      var files =
          new LogFiles(
              path == null
                  ? Files.createTempDirectory("longhouse-")
                  : Files.createDirectories(path));
      files.load();
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void load() throws IOException {
    Path list = folder.resolve(SIZES);
    if (!Files.exists(list)) {
      return;
    }
    Matcher m = SIZE.matcher(MetadataFiles.read(list));
    while (m.find()) {
      String name = FileNames.unescape(m.group(1));
      long expected = Long.parseLong(m.group(2));
      sizes.put(name, expected);
      Path file = folder.resolve(name);
      long found = Files.exists(file) ? Files.size(file) : 0;
      if (found < expected) {
        throw new LonghouseException(
            ErrorCode.UNEXPECTED_END_OF_FILE,
            "Size of " + file + " is " + found + ", less than the " + expected + " of " + list);
      }
      if (found > expected) {
        truncate(file, expected);
      }
    }
  }

  private static void truncate(Path file, long size) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  Path folder() {
    return folder;
  }

  /** The bytes of a file that count. */
  synchronized long size(String file) {
    return sizes.getOrDefault(file, 0L);
  }

  synchronized long totalBytes() {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether each file has the bytes that count. */
  synchronized List<PartCheck.Result> check() {
    List<PartCheck.Result> results = new ArrayList<>();
    sizes.forEach((name, expected) -> {
      Path file = folder.resolve(name);
      try {
        long found = Files.exists(file) ? Files.size(file) : -1;
        String problem =
            found < 0
                ? "File " + file + " doesn't exist"
                : found < expected
                    ? "Size of "
                        + file
                        + " is wrong. Size is "
                        + found
                        + " but should be "
                        + expected
                    : "";
        results.add(new PartCheck.Result(name, problem.isEmpty(), problem));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return results;
  }

  /** Adds bytes to files; all of them count afterwards, or, after an error, none. */
  synchronized void append(Map<String, byte[]> added) {
    try {
      added.forEach((name, bytes) -> append(name, bytes));
      var grown = new TreeMap<>(sizes);
      added.forEach((name, bytes) -> grown.merge(name, (long) bytes.length, Long::sum));
      MetadataFiles.write(folder.resolve(SIZES), json(grown));
      sizes.putAll(grown);
    } catch (RuntimeException e) {
      restore(added);
      throw e;
    }
  }

  private void append(String name, byte[] bytes) {
    try (var channel =
        FileChannel.open(
            folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(bytes);
      long at = size(name);
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void restore(Map<String, byte[]> added) {
    for (String name : added.keySet()) {
      try {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
          truncate(file, size(name));
        }
      } catch (IOException e) {
        // What is behind the size does not count, and the next insert or start writes over it.
        System.getLogger(LogFiles.class.getName())
            .log(System.Logger.Level.WARNING, "Cannot cut " + name + ": " + e);
      }
    }
  }

  private static String json(Map<String, Long> sizes) {
    var out = new StringBuilder("{\"clickhouse\":{");
    sizes.forEach((name, size) ->
        out.append(out.charAt(out.length() - 1) == '{' ? "" : ",")
            .append('"')
            .append(FileNames.escape(name))
            .append("\":{\"size\":\"")
            .append(size)
            .append("\"}"));
    return out.append("}}").toString();
  }

  /** Removes all files; readers keep the old ones. */
  synchronized void clear() {
    for (String name : sizes.keySet()) {
      MetadataFiles.delete(folder.resolve(name));
    }
    sizes.clear();
    MetadataFiles.delete(folder.resolve(SIZES));
  }

  void drop() {
    MetadataFiles.deleteTree(folder);
  }

  /** A file as it is now, to be closed by the caller. */
  synchronized Opened open(String name) {
    try {
      return new Opened(
          folder.resolve(name).toString(),
          FileChannel.open(folder.resolve(name), StandardOpenOption.READ),
          size(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file open for reading, up to what counted when it was opened. */
  record Opened(String name, FileChannel channel, long size)
      implements RandomAccessBytes, AutoCloseable {
    @Override
    public void read(long position, byte[] target, int from, int length) {
      var buffer = ByteBuffer.wrap(target, from, length);
      try {
        while (buffer.hasRemaining()) {
          int n = channel.read(buffer, position + length - buffer.remaining());
          if (n < 0) {
            throw new LonghouseException(
                ErrorCode.CANNOT_READ_ALL_DATA,
                "Cannot read " + length + " bytes of " + name + " at offset " + position);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    byte[] all() {
      byte[] bytes = new byte[(int) size];
      read(0, bytes, 0, bytes.length);
      return bytes;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
