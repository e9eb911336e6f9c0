package io.longhouse.compat.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A small file system in memory, which can be filled up. Mounting one needs root. */
final class Disk implements AutoCloseable {
  private final Path at;
  private final Path ballast;

  private Disk(Path at) {
    this.at = at;
    this.ballast = at.resolve("ballast");
  }

  /** Mounts one; null where that is not allowed. */
  static @Nullable Disk mount(Path at, int sizeMb) throws IOException, InterruptedException {
    Files.createDirectories(at);
    Process p =
        new ProcessBuilder(
                "mount", "-t", "tmpfs", "-o", "size=" + sizeMb + "m", "tmpfs", at.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return p.waitFor() == 0 ? new Disk(at) : null;
  }

  /** Leaves no byte. */
  void fill() throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
    try (var file =
        FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        file.write(zeros.clear());
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space")) {
        throw full;
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(ballast);
  }

  @Override
  public void close() throws IOException {
    try {
      new ProcessBuilder("umount", "-l", at.toString()).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
