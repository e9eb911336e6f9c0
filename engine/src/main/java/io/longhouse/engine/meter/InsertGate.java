package io.longhouse.engine.meter;

import io.longhouse.column.MemoryTracker;
import io.longhouse.engine.access.Account;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the INSERTs of one limited account have to pass, block by block. Rates are kept by waiting,
 * as long as that takes no longer than {@link #WAIT_NS_MAX}; who would wait longer is refused and
 * told when to come back. Storage and parts are looked at every tenth of a second: beyond a limit
 * comes at most what was under way then.
 */
public final class InsertGate {
  /** How long an INSERT waits at most for its turn. */
  static final long WAIT_NS_MAX = TimeUnit.SECONDS.toNanos(10);

  private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PAUSE_MS_MAX = 50;

  private final Account account;
  private final TenantStorage storage;
  private final RateBucket rows;
  private final RateBucket bytes;
  private final AtomicLong lookedNs;
  private volatile AccountLimits.Limits limits;
  private volatile Used used = new Used(0, 0);
  private final Object turn = new Object();

  private record Used(long bytes, long parts) {}

  InsertGate(Account account, AccountLimits.Limits limits, TenantStorage storage) {
    this.account = account;
    this.storage = storage;
    this.limits = limits;
    long now = System.nanoTime();
    this.rows = new RateBucket(limits.insertedRowsPerSecond(), now);
    this.bytes = new RateBucket(limits.insertedBytesPerSecond(), now);
    this.lookedNs = new AtomicLong(now - LOOK_EVERY_NS);
  }

  /** The limits are these from now on. */
  void limits(AccountLimits.Limits altered) {
    if (!altered.equals(limits)) {
      limits = altered;
      rows.rate(altered.insertedRowsPerSecond());
      bytes.rate(altered.insertedBytesPerSecond());
    }
  }

  /** Whether it remembers nothing that a new one would not. */
  boolean isIdle() {
    long now = System.nanoTime();
    return (limits.insertedRowsPerSecond() == 0 || rows.isFull(now))
        && (limits.insertedBytesPerSecond() == 0 || bytes.isFull(now));
  }

  /**
   * Waits until a block may be written, and takes it into account.
   *
   * @param check called while waiting; may throw what ends the INSERT
   * @throws LonghouseException QUOTA_EXCEEDED (201), TOO_MANY_PARTS (252)
   */
  public void pass(long blockRows, long blockBytes, Runnable check) {
    long startNs = System.nanoTime();
    long wait = passNow(blockRows, blockBytes);
    while (wait > 0) {
      if (System.nanoTime() - startNs > WAIT_NS_MAX) {
        throw tooFast(wait); // others were faster every time
      }
      check.run();
      pause(wait);
      wait = passNow(blockRows, blockBytes);
    }
  }

  /**
   * The same for a thread that must not wait: takes a block into account if it may be written now.
   *
   * @return 0, or after how many nanoseconds to ask again
   */
  public long passNow(long blockRows, long blockBytes) {
    checkSpace();
    // One passes at a time, so that the next one sees what that one took.
    synchronized (turn) {
      long wait = waitNs();
      if (wait == 0) {
        take(blockRows, blockBytes);
      }
      return wait;
    }
  }

  private static void pause(long ns) {
    try {
      Thread.sleep(Math.clamp(TimeUnit.NANOSECONDS.toMillis(ns), 1, PAUSE_MS_MAX));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    }
  }

  private void take(long blockRows, long blockBytes) {
    long now = System.nanoTime();
    if (limits.insertedRowsPerSecond() > 0) {
      rows.take(blockRows, now);
    }
    if (limits.insertedBytesPerSecond() > 0) {
      bytes.take(blockBytes, now);
    }
  }

  private long waitNs() {
    AccountLimits.Limits l = limits;
    long now = System.nanoTime();
    long forRows = l.insertedRowsPerSecond() == 0 ? 0 : rows.waitNs(now);
    long forBytes = l.insertedBytesPerSecond() == 0 ? 0 : bytes.waitNs(now);
    long wait = Math.max(forRows, forBytes);
    if (wait > WAIT_NS_MAX) {
      throw tooFast(wait);
    }
    return wait;
  }

  private LonghouseException tooFast(long waitNs) {
    AccountLimits.Limits l = limits;
    long now = System.nanoTime();
    boolean byRows = l.insertedRowsPerSecond() > 0 && rows.waitNs(now) >= waitNs / 2;
    String limit = byRows ? "max_inserted_rows_per_second" : "max_inserted_bytes_per_second";
    long perSecond = byRows ? l.insertedRowsPerSecond() : l.insertedBytesPerSecond();
    double seconds = waitNs / 1e9;
    long retryAfterSec = (long) Math.ceil(seconds);
    return new LonghouseException(
        ErrorCode.QUOTA_EXCEEDED,
        String.format(
            Locale.ROOT,
            "Insert rate of `%s` has been exceeded: %s = %d, inserted %.0f too many. An INSERT may"
                + " wait %d seconds. Try again in %d seconds",
            account.name(),
            limit,
            perSecond,
            seconds * perSecond,
            TimeUnit.NANOSECONDS.toSeconds(WAIT_NS_MAX),
            retryAfterSec),
        retryAfterSec);
  }

  private void checkSpace() {
    AccountLimits.Limits l = limits;
    if (l.storageBytes() == 0 && l.parts() == 0) {
      return;
    }
    long now = System.nanoTime();
    long last = lookedNs.get();
    if (now - last >= LOOK_EVERY_NS && lookedNs.compareAndSet(last, now)) {
      List<TenantStorage.Stored> stored = storage.of(account);
      used =
          new Used(
              stored.stream().mapToLong(TenantStorage.Stored::bytes).sum(),
              stored.stream().mapToLong(TenantStorage.Stored::parts).sum());
    }
    Used u = used;
    if (l.storageBytes() > 0 && u.bytes >= l.storageBytes()) {
      throw new LonghouseException(
          ErrorCode.QUOTA_EXCEEDED,
          "Storage of `"
              + account.name()
              + "` has been exceeded: max_storage_bytes = "
              + MemoryTracker.readable(l.storageBytes())
              + ", used "
              + MemoryTracker.readable(u.bytes)
              + ". Try again when rows have been deleted");
    }
    if (l.parts() > 0 && u.parts >= l.parts()) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_PARTS,
          "Too many parts with rows of `"
              + account.name()
              + "`: max_parts = "
              + l.parts()
              + ", there are "
              + u.parts
              + ". Insert more rows at once. Try again when merges have made fewer of them");
    }
  }
}
