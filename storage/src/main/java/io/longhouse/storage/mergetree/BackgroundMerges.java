package io.longhouse.storage.mergetree;

import io.longhouse.column.Turns;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Threads that merge and mutate the parts of all tables of a server. A table whose work failed is
 * left alone for a while.
 *
 * <p>A table is looked at when something has changed in it, and as long as time alone can bring it
 * work: parts that may be merged when they are older, replaced parts still on disk, mutations. The
 * others cost nothing, however many they are. Invariant: what is {@code due} or to be looked at
 * {@code later} is registered; no lock of a table is taken under the monitor.
 */
public final class BackgroundMerges implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BackgroundMerges.class.getName());
  private static final long IDLE_MS = 1000;
  private static final long AFTER_FAILURE_MS_FIRST = 1000;
  private static final long AFTER_FAILURE_MS_MAX = 60_000;

  private final Set<MergeTreeData> tables = new HashSet<>();

  /** Tables to be looked at now, the first one first. */
  private final LinkedHashSet<MergeTreeData> due = new LinkedHashSet<>();

  /** When tables are to be looked at again, in milliseconds since 1970. */
  private final Map<MergeTreeData, Long> later = new HashMap<>();

  private final Map<MergeTreeData, Failure> failures = new HashMap<>();
  private final List<Thread> threads = new ArrayList<>();

  /** A table for each thread that is at work on it. */
  private final List<MergeTreeData> working = new ArrayList<>();

  private final Turns.@Nullable Place place;
  private boolean closed;

  /** Until when a table rests, and how long it did. */
  private record Failure(long untilMs, long restMs) {}

  public BackgroundMerges(int threadCount) {
    this(threadCount, null);
  }

  /**
   * @param place where each merge and mutation takes its turns; null for none
   */
  public BackgroundMerges(int threadCount, Turns.@Nullable Place place) {
    this.place = place;
    for (int i = 0; i < threadCount; i++) {
      var t = new Thread(this::work, "merge-" + i);
      t.setDaemon(true);
      threads.add(t);
      t.start();
    }
  }

  /** Works on a table until {@link #unregister}. */
  public void register(MergeTreeData table) {
    synchronized (this) {
      tables.add(table);
    }
    table.background(this);
    table.merges().start();
  }

  /** Begins no new work on a table; what runs is cancelled, and has ended when this returns. */
  public void unregister(MergeTreeData table) {
    synchronized (this) {
      tables.remove(table);
      due.remove(table);
      later.remove(table);
      failures.remove(table);
    }
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

  /** There is something new to look at in a table. */
  synchronized void wake(MergeTreeData table) {
    if (tables.contains(table) && due.add(table)) {
      notifyAll();
    }
  }

  private void work() {
    MergeTreeData table = next();
    while (table != null) {
      boolean done = false;
      try {
        done = workOn(table);
      } finally {
        ended(table, done, table.mayHaveWork());
      }
      table = next();
    }
  }

  /** A table to work on, as soon as there is one; null at the end. */
  private synchronized @Nullable MergeTreeData next() {
    while (!closed) {
      long now = System.currentTimeMillis();
      long waitMs = addThoseDueAt(now);
      for (Iterator<MergeTreeData> all = due.iterator(); all.hasNext(); ) {
        MergeTreeData table = all.next();
        all.remove();
        Failure f = failures.get(table);
        if (f != null && f.untilMs > now) {
          later.put(table, f.untilMs);
          continue;
        }
        working.add(table);
        // Another thread may find more to do in it meanwhile.
        later.put(table, now + IDLE_MS);
        return table;
      }
      try {
        wait(waitMs);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  /** Answers how many milliseconds there is nothing new to be added. */
  private long addThoseDueAt(long now) {
    long waitMs = IDLE_MS;
    for (Iterator<Map.Entry<MergeTreeData, Long>> all = later.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<MergeTreeData, Long> e = all.next();
      if (e.getValue() <= now) {
        due.add(e.getKey());
        all.remove();
      } else {
        waitMs = Math.min(waitMs, e.getValue() - now);
      }
    }
    return waitMs;
  }

  private synchronized void ended(MergeTreeData table, boolean done, boolean more) {
    working.remove(table);
    if (!tables.contains(table)) {
      later.remove(table);
    } else if (done) {
      due.add(table);
    } else if (!more && !failures.containsKey(table) && !working.contains(table)) {
      later.remove(table);
    }
    notifyAll();
  }

  private boolean workOn(MergeTreeData table) {
    try {
      table.removeOutdated(table.settings().number("old_parts_lifetime") * 1000);
      table.authority().tidy();
      if (table.merges().isStopped()) {
        return false;
      }
      boolean done = Turns.in(place, () -> table.authority().workOnce());
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

  /** Cancels what runs and waits for the threads to end. */
  @Override
  public void close() {
    List<MergeTreeData> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(tables);
      notifyAll();
    }
    all.forEach(t -> t.merges().stop());
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
