package io.longhouse.cluster.distributed.insert;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.disk.LocalDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The blocks of one Distributed table that wait for their shards, a folder for each place. */
public final class InsertQueue implements AutoCloseable {
  private static final long DELAY_STEP_MS = 20;

  private final String table;
  private final Disk disk;
  private final QueueOptions options;
  private final Function<String, QueueFolder.Delivery> deliveries;
  private final long batchRows;
  private final AtomicLong number = new AtomicLong();
  private final ConcurrentSkipListMap<String, QueueFolder> folders = new ConcurrentSkipListMap<>();
  private volatile boolean started;
  private volatile boolean blocked;

  /**
   * @param table for messages
   * @param root the table's data path
   * @param deliveries by a folder's name, what sends its blocks
   * @param batchRows how many rows make an INSERT large enough
   */
  InsertQueue(
      String table,
      Path root,
      QueueOptions options,
      Function<String, QueueFolder.Delivery> deliveries,
      long batchRows) {
    this.table = table;
    this.disk = new LocalDisk("distributed", root);
    this.options = options;
    this.deliveries = deliveries;
    this.batchRows = batchRows;
    for (String name : disk.list("")) {
      if (name.startsWith("shard") && disk.isFolder(name)) {
        folder(name);
      }
    }
  }

  private QueueFolder folder(String name) {
    return folders.computeIfAbsent(name, this::open);
  }

  private QueueFolder open(String name) {
    boolean isNew = !disk.exists(name);
    var folder = new QueueFolder(name, disk, options, deliveries.apply(name), batchRows);
    if (isNew && options.isOn("fsync_directories")) {
      disk.syncFolder("");
    }
    number.accumulateAndGet(folder.lastNumber(), Math::max);
    folder.block(blocked);
    if (started) {
      folder.start();
    }
    return folder;
  }

  /** Begins to send. */
  public void start() {
    started = true;
    folders.values().forEach(QueueFolder::start);
  }

  /** Stops sending, or goes on with it. */
  public void block(boolean on) {
    blocked = on;
    folders.values().forEach(f -> f.block(on));
  }

  /**
   * Sends all there is, now.
   *
   * @throws LonghouseException what the first failed attempt failed with, after all were made
   */
  public void flush() {
    RuntimeException first = null;
    for (QueueFolder f : folders.values()) {
      try {
        f.flush();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Forgets all blocks. */
  public void clear() {
    folders.values().forEach(QueueFolder::clear);
  }

  /** Removes all folders; called after {@link #close}. */
  public void remove() {
    folders.keySet().forEach(disk::remove);
  }

  /** How each folder stands. */
  public List<QueueFolder.Status> status() {
    return folders.values().stream().map(QueueFolder::status).toList();
  }

  private long bytes() {
    return status().stream().mapToLong(QueueFolder.Status::bytes).sum();
  }

  /**
   * Holds up an INSERT while too much waits.
   *
   * @throws LonghouseException DISTRIBUTED_TOO_MANY_PENDING_BYTES (574)
   */
  void admit() {
    long throwAt = options.number("bytes_to_throw_insert");
    long delayAt = options.number("bytes_to_delay_insert");
    if (throwAt == 0 && delayAt == 0) {
      return;
    }
    long waiting = bytes();
    if (throwAt > 0 && waiting > throwAt) {
      throw tooMuch(waiting, throwAt, "");
    }
    if (delayAt > 0 && waiting > delayAt) {
      long seconds = options.number("max_delay_to_insert");
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (waiting > delayAt && System.nanoTime() < until) {
        pause();
        waiting = bytes();
      }
      if (waiting > delayAt) {
        throw tooMuch(waiting, delayAt, ", waited " + seconds + " s");
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(DELAY_STEP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    }
  }

  private LonghouseException tooMuch(long waiting, long limit, String what) {
    return new LonghouseException(
        ErrorCode.DISTRIBUTED_TOO_MANY_PENDING_BYTES,
        "Too many bytes pending for asynchronous INSERT into "
            + table
            + ": "
            + waiting
            + " (limit "
            + limit
            + what
            + ")");
  }

  /** What has been written for one INSERT and is to be sent once the INSERT is complete. */
  final class Written {
    private record File(String folder, long number) {}

    private final List<File> files = new ArrayList<>();

    /** Writes a block for some places; nothing is sent yet. */
    void add(Collection<String> places, QueuedBlock about, Header header, Block block) {
      long n = number.incrementAndGet();
      String first = null;
      for (String place : places) {
        folder(place);
        String path = temporary(new File(place, n));
        if (first == null) {
          write(path, about, header, block);
          first = path;
        } else {
          disk.link(first, path);
        }
        files.add(new File(place, n));
      }
    }

    private void write(String path, QueuedBlock about, Header header, Block block) {
      try (OutputStream out = disk.create(path)) {
        QueuedBlock.write(about, header, block, out);
      } catch (IOException e) {
        throw new UncheckedIOException(path + ": " + e.getMessage(), e);
      }
    }

    /** Makes the blocks durable and has them sent. */
    void publish() {
      if (options.isOn("fsync_after_insert")) {
        disk.sync(files.stream().map(Written.this::temporary).toList());
      }
      for (File f : files) {
        disk.move(temporary(f), f.folder + "/" + f.number + ".bin");
      }
      if (options.isOn("fsync_directories")) {
        files.stream().map(File::folder).distinct().forEach(disk::syncFolder);
      }
      for (File f : files) {
        long bytes = disk.size(f.folder + "/" + f.number + ".bin");
        folder(f.folder).added(f.number, bytes);
      }
      files.clear();
    }

    /** Leaves nothing behind. */
    void abort() {
      files.forEach(f -> disk.remove(temporary(f)));
      files.clear();
    }

    private String temporary(File f) {
      return f.folder + "/tmp/" + f.number + ".bin";
    }
  }

  /** Ends sending; one last attempt is made where the table's settings ask for it. */
  @Override
  public void close() {
    if (started && !blocked && options.isOn("flush_on_detach") && bytes() > 0) {
      lastAttempt();
    }
    folders.values().forEach(QueueFolder::close);
  }

  private void lastAttempt() {
    Thread t =
        Thread.ofVirtual()
            .start(() -> {
              try {
                flush();
              } catch (RuntimeException e) {
                System.getLogger(InsertQueue.class.getName())
                    .log(
                        System.Logger.Level.INFO,
                        "blocks of " + table + " stay queued: " + e.getMessage());
              }
            });
    try {
      if (!t.join(java.time.Duration.ofSeconds(3))) {
        t.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
