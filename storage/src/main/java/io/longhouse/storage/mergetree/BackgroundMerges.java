package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Threads that merge and mutate the parts of all tables of a server, one table after another. A
 * table whose work failed is left alone for a while.
 */
public final class BackgroundMerges implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BackgroundMerges.class.getName());
  private static final long IDLE_MS = 1000;
  private static final long AFTER_FAILURE_MS_FIRST = 1000;
  private static final long AFTER_FAILURE_MS_MAX = 60_000;

  private final List<MergeTreeData> tables = new CopyOnWriteArrayList<>();
  private final Map<MergeTreeData, Failure> failures = new HashMap<>();
  private final List<Thread> threads = new ArrayList<>();

  /** A table for each thread that is at work on it. */
  private final List<MergeTreeData> working = new ArrayList<>();

  private long changes;
  private int next;
  private volatile boolean closed;

  /** Until when a table rests, and how long it did. */
  private record Failure(long untilMs, long restMs) {}

  public BackgroundMerges(int threadCount) {
    for (int i = 0; i < threadCount; i++) {
      var t = new Thread(this::work, "merge-" + i);
      t.setDaemon(true);
      threads.add(t);
      t.start();
    }
  }

  /** Works on a table until {@link #unregister}. */
  public void register(MergeTreeData table) {
    tables.add(table);
    table.merges().start();
    table.background(this);
    wake();
  }

  /** Begins no new work on a table; what runs is cancelled, and has ended when this returns. */
  public void unregister(MergeTreeData table) {
    tables.remove(table);
    table.merges().stop();
    synchronized (this) {
      while (working.contains(table)) {
        try {
          wait(IDLE_MS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** There is something new to look at. */
  public synchronized void wake() {
    changes++;
    notifyAll();
  }

  private void work() {
    while (!closed) {
      long seen;
      synchronized (this) {
        seen = changes;
      }
      boolean any = false;
      int count = tables.size();
      for (int i = 0; i < count && !closed; i++) {
        MergeTreeData table = nextTable();
        any |= table != null && workAndTell(table);
      }
      if (!any) {
        idle(seen);
      }
    }
  }

  private synchronized @org.jspecify.annotations.Nullable MergeTreeData nextTable() {
    List<MergeTreeData> all = List.copyOf(tables);
    if (all.isEmpty()) {
      return null;
    }
    next = (next + 1) % all.size();
    MergeTreeData table = all.get(next);
    Failure f = failures.get(table);
    if (f != null && f.untilMs > System.currentTimeMillis()) {
      return null;
    }
    working.add(table);
    return table;
  }

  private boolean workAndTell(MergeTreeData table) {
    try {
      return workOn(table);
    } finally {
      synchronized (this) {
        working.remove(table);
        notifyAll();
      }
    }
  }

  private boolean workOn(MergeTreeData table) {
    try {
      table.removeOutdated(table.settings().number("old_parts_lifetime") * 1000);
      table.mutations().forgetFinished(table.settings().number("finished_mutations_to_keep"));
      if (table.merges().isStopped()) {
        return false;
      }
      boolean done = table.mutations().mutateOnce() || table.merges().mergeOnce();
      if (done) {
        synchronized (this) {
          failures.remove(table);
        }
      }
      return done;
    } catch (RuntimeException e) {
      boolean cancelled = e instanceof LonghouseException l && l.errorCode() == ErrorCode.ABORTED;
      if (!cancelled) {
        LOG.log(System.Logger.Level.ERROR, "{0}: background work failed: {1}", table.table(), e);
        rest(table);
      }
      return false;
    }
  }

  private synchronized void rest(MergeTreeData table) {
    Failure before = failures.get(table);
    long rest =
        before == null ? AFTER_FAILURE_MS_FIRST : Math.min(AFTER_FAILURE_MS_MAX, before.restMs * 2);
    failures.put(table, new Failure(System.currentTimeMillis() + rest, rest));
  }

  private synchronized void idle(long seen) {
    if (changes != seen || closed) {
      return;
    }
    try {
      wait(IDLE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** Cancels what runs and waits for the threads to end. */
  @Override
  public void close() {
    closed = true;
    tables.forEach(t -> t.merges().stop());
    wake();
    for (Thread t : threads) {
      try {
        t.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
