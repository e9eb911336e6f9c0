package io.longhouse.engine.catalog;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Small files that must be there whole after a crash, or not at all. */
public final class MetadataFiles {
  private MetadataFiles() {}

  /** Replaces a file: new content, fsync, rename, fsync of the folder. */
  public static void write(Path file, String content) {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(folder(file));
      try (var out =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(folder(file));
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  /** Makes the folder that a file is to be in. */
  public static void createFolder(Path file) {
    try {
      Files.createDirectories(folder(file));
    } catch (IOException e) {
      throw failed("make the folder of", file, e);
    }
  }

  /** Says that a file was changed now. */
  public static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw failed("touch", file, e);
    }
  }

  public static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(folder(from));
      if (!folder(to).equals(folder(from))) {
        sync(folder(to));
      }
    } catch (IOException e) {
      throw failed("rename", from, e);
    }
  }

  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
      sync(folder(file));
    } catch (IOException e) {
      throw failed("delete", file, e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  /** The files of a folder whose names end so, in the order of their names. */
  public static List<Path> list(Path folder, String suffix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.getFileName().toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw failed("list", folder, e);
    }
  }

  /** The names of a folder's files, in no order; none when the folder is not there. */
  static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  /** Removes a folder with everything in it; nothing happens when it is not there. */
  public static void deleteTree(Path folder) {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = new ArrayList<>(walk.toList());
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw failed("delete", folder, e);
    }
    try {
      for (int i = all.size() - 1; i >= 0; i--) {
        Files.deleteIfExists(all.get(i));
      }
    } catch (IOException e) {
      throw failed("delete", folder, e);
    }
  }

  private static Path folder(Path file) {
    return java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static LonghouseException failed(String what, Path file, IOException e) {
    return new LonghouseException(
        ErrorCode.CANNOT_OPEN_FILE,
        "Cannot " + what + " " + file + ": " + e,
        new UncheckedIOException(e));
  }
}
