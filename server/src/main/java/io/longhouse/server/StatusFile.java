package io.longhouse.server;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Version;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The file {@code status} in the data directory: locked while a server uses it, and says which. */
final class StatusFile implements Closeable {
  private final FileChannel channel;
  private final Path file;

  private StatusFile(FileChannel channel, Path file) {
    this.channel = channel;
    this.file = file;
  }

  /**
   * @throws LonghouseException CANNOT_OPEN_FILE (76) when another server holds it
   */
  static StatusFile take(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("status");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new LonghouseException(
          ErrorCode.CANNOT_OPEN_FILE,
          "Cannot lock file "
              + file
              + ". Another server instance in same directory is already running.");
    }
    String text =
        "PID: "
            + ProcessHandle.current().pid()
            + "\nStarted at: "
            + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))
            + "\nRevision: "
            + Version.TEXT
            + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    return new StatusFile(channel, file);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Removes the file and gives the directory back. */
  @Override
  public void close() {
    try (channel) {
      if (channel.isOpen()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.getLogger(StatusFile.class.getName())
          .log(System.Logger.Level.WARNING, "cannot remove " + file + ": " + e);
    }
  }
}
