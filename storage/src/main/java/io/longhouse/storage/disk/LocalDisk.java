package io.longhouse.storage.disk;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of this machine. */
public final class LocalDisk implements Disk {
  private static final int SYNC_THREADS = 16;

  /** Threads that wait for the disk; they end when there is nothing to wait for. */
  private static final ThreadPoolExecutor SYNCING = syncThreads();

  private final String name;
  private final Path root;

  private static ThreadPoolExecutor syncThreads() {
    var pool =
        new ThreadPoolExecutor(
            SYNC_THREADS,
            SYNC_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var t = new Thread(task, "disk-sync");
              t.setDaemon(true);
              return t;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  public LocalDisk(String name, Path root) {
    this.name = name;
    this.root = root.toAbsolutePath().normalize();
  }

  private Path at(String path) {
    Path inside = root.resolve(path).normalize();
    if (!inside.startsWith(root)) {
      throw new IllegalArgumentException(path + " lies outside of the disk " + root);
    }
    return inside;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DiskFile open(String path) {
    Path file = at(path);
    try {
      return LocalFile.open(file);
    } catch (IOException e) {
      throw failed(e, file);
    }
  }

  @Override
  public byte[] readAll(String path) {
    try {
      return Files.readAllBytes(at(path));
    } catch (IOException e) {
      throw failed(e, at(path));
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(at(path));
  }

  @Override
  public long size(String path) {
    try {
      return Files.size(at(path));
    } catch (IOException e) {
      throw failed(e, at(path));
    }
  }

  @Override
  public List<String> list(String folder) {
    try (Stream<Path> all = Files.list(at(folder))) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw failed(e, at(folder));
    }
  }

  @Override
  public boolean isFolder(String path) {
    return Files.isDirectory(at(path));
  }

  @Override
  public long modifiedMs(String path) {
    try {
      return Files.getLastModifiedTime(at(path)).toMillis();
    } catch (IOException e) {
      throw failed(e, at(path));
    }
  }

  @Override
  public void createFolders(String folder) {
    try {
      Files.createDirectories(at(folder));
    } catch (IOException e) {
      throw failed(e, at(folder));
    }
  }

  @Override
  public OutputStream create(String path) {
    try {
      return new BufferedOutputStream(new NewFile(at(path)), 8192);
    } catch (IOException e) {
      throw failed(e, at(path));
    }
  }

  @Override
  public void sync(Collection<String> paths) {
    // One after the other each waits for a commit of the file system's journal; together they
    // share it.
    List<Future<?>> running = new ArrayList<>();
    for (String p : paths) {
      running.add(SYNCING.submit(() -> syncOne(at(p))));
    }
    RuntimeException first = null;
    for (Future<?> f : running) {
      try {
        f.get();
      } catch (ExecutionException e) {
        RuntimeException r =
            e.getCause() instanceof RuntimeException c ? c : new IllegalStateException(e);
        first = first == null ? r : first;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LonghouseException(
            ErrorCode.QUERY_WAS_CANCELLED, "Interrupted while files were synced", e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static void syncOne(Path path) {
    try (FileChannel c = FileChannel.open(path, StandardOpenOption.WRITE)) {
      c.force(false);
    } catch (IOException e) {
      throw failed(e, path);
    }
  }

  @Override
  public void syncFolder(String folder) {
    try (FileChannel c = FileChannel.open(at(folder), StandardOpenOption.READ)) {
      c.force(true);
    } catch (IOException e) {
      throw failed(e, at(folder));
    }
  }

  @Override
  public void move(String from, String to) {
    try {
      if (Files.exists(at(to))) {
        throw new LonghouseException(
            ErrorCode.DIRECTORY_ALREADY_EXISTS,
            "Cannot rename " + at(from) + " to " + at(to) + ", it exists already");
      }
      Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Cannot rename " + at(from) + " in one step", e);
    } catch (IOException e) {
      throw failed(e, at(from));
    }
  }

  @Override
  public void link(String existing, String path) {
    try {
      Files.createLink(at(path), at(existing));
    } catch (IOException e) {
      throw failed(e, at(existing));
    }
  }

  @Override
  public void link(Disk from, String existing, String path) {
    Path file = Path.of(from.absolute(existing));
    try {
      Files.createLink(at(path), file);
    } catch (IOException e) {
      throw failed(e, file);
    }
  }

  @Override
  public void remove(String path) {
    try {
      if (!Files.isDirectory(at(path))) {
        Files.deleteIfExists(at(path));
        return;
      }
      Files.walkFileTree(at(path), new Remover());
    } catch (IOException e) {
      throw failed(e, at(path));
    }
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
        throws IOException {
      if (problem != null) {
        throw problem;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public long freeBytes() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw failed(e, root);
    }
  }

  @Override
  public String absolute(String path) {
    return at(path).toAbsolutePath().toString();
  }

  /** A file that is written; a full disk is an error with a name, whoever writes. */
  private static final class NewFile extends FilterOutputStream {
    private final Path path;

    NewFile(Path path) throws IOException {
      super(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      this.path = path;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        if (isFull(e)) {
          throw full(e, path);
        }
        throw e;
      }
    }
  }

  private static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left on device") || message.contains("Disk quota exceeded");
  }

  private static LonghouseException full(IOException e, Path path) {
    return new LonghouseException(
        ErrorCode.NOT_ENOUGH_SPACE, "Cannot write " + path + ": the disk is full", e);
  }

  private static RuntimeException failed(IOException e, Path path) {
    if (isFull(e)) {
      return full(e, path);
    }
    if (e instanceof NoSuchFileException) {
      return new LonghouseException(
          ErrorCode.FILE_DOESNT_EXIST, "File " + path + " doesn't exist", e);
    }
    return new UncheckedIOException(path + ": " + e.getMessage(), e);
  }
}
