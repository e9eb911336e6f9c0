package io.longhouse.engine.catalog;

import io.longhouse.storage.part.PartName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Goes once, after a start, through the tables that nobody has asked for, and opens those that have
 * something to do by themselves: parts to be merged, mutations to be applied, the remains of a
 * crash. It lists one folder for each table and reads no file.
 */
final class ClosedTables implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ClosedTables.class.getName());

  private final Catalog catalog;
  private final CountDownLatch found = new CountDownLatch(1);
  private volatile @Nullable Thread looking;
  private volatile boolean closed;

  ClosedTables(Catalog catalog) {
    this.catalog = catalog;
  }

  void look() {
    looking = Thread.ofPlatform().daemon().name("closed-tables").start(this::openThoseWithWork);
  }

  private void openThoseWithWork() {
    try {
      for (Database d : catalog.databases()) {
        for (TableEntry e : d.entries()) {
          if (closed) {
            return;
          }
          if (hasWork(e)) {
            e.table();
          }
        }
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Cannot look for tables with work: ", e);
    } finally {
      found.countDown();
    }
  }

  private static boolean hasWork(TableEntry e) {
    var data = e.closedData();
    return data != null && hasWork(MetadataFiles.names(data));
  }

  /** Whether the files of a table's folder are not just one part for each partition. */
  static boolean hasWork(List<String> files) {
    Set<String> partitions = new HashSet<>();
    for (String file : files) {
      PartName part = PartName.tryParse(file);
      boolean resting =
          part != null
              ? partitions.add(part.partitionId())
              : file.equals("detached") || file.equals("format_version.txt");
      if (!resting) {
        return true;
      }
    }
    return false;
  }

  /** Waits until all tables with work are open. */
  void await() {
    if (looking == null) {
      return;
    }
    try {
      found.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread t = looking;
    if (t != null && t != Thread.currentThread()) {
      try {
        t.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
