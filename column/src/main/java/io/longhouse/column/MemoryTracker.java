package io.longhouse.column;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts bytes and refuses to pass a limit. Trackers form a chain, query to workload to server; a
 * charge that any of them refuses is undone in all.
 */
public final class MemoryTracker {
  /** Growth below this many bytes is left to the charges that follow it. */
  private static final long ANNOUNCED_BYTES_MIN = 1 << 20;

  private static final ThreadLocal<@Nullable Work> WORK = new ThreadLocal<>();

  /** What a thread does for the owner of a tracker, with the bytes it has announced. */
  private static final class Work {
    private final MemoryTracker tracker;
    private long announced;

    Work(MemoryTracker tracker) {
      this.tracker = tracker;
    }
  }

  /** When it is worth to try again what found too little memory left by others. */
  private static final int RETRY_SEC = 1;

  private final String owner;
  private final @Nullable MemoryTracker parent;
  private final @Nullable MemoryTracker beside;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private volatile long limit;
  private boolean shared;

  /**
   * @param owner who is named when the limit is passed, for example {@code Query}
   * @param limit bytes; 0 is no limit
   */
  public MemoryTracker(String owner, long limit, @Nullable MemoryTracker parent) {
    this(owner, limit, parent, null);
  }

  /**
   * @param beside another one that is charged the same, before the parent
   */
  public MemoryTracker(
      String owner, long limit, @Nullable MemoryTracker parent, @Nullable MemoryTracker beside) {
    this.owner = owner;
    this.limit = limit;
    this.parent = parent;
    this.beside = beside;
  }

  public long used() {
    return used.get();
  }

  public long peak() {
    return peak.get();
  }

  public void limit(long bytes) {
    limit = bytes;
  }

  /** Says that others are charged here too, so that there will be more when they have ended. */
  public MemoryTracker shared() {
    shared = true;
    return this;
  }

  /** What this tracker still allows; {@code Long.MAX_VALUE} without a limit. */
  public long available() {
    long own = limit == 0 ? Long.MAX_VALUE : Math.max(0, limit - used.get());
    long besides = beside == null ? own : Math.min(own, beside.available());
    return parent == null ? besides : Math.min(besides, parent.available());
  }

  /**
   * Charges {@code bytes} (a release when negative).
   *
   * @throws LonghouseException MEMORY_LIMIT_EXCEEDED (241); nothing is charged then
   */
  public void charge(long bytes) {
    if (bytes == 0) {
      return;
    }
    long now = used.addAndGet(bytes);
    if (bytes > 0) {
      if (limit != 0 && now > limit) {
        used.addAndGet(-bytes);
        throw new LonghouseException(
            ErrorCode.MEMORY_LIMIT_EXCEEDED,
            owner
                + " memory limit exceeded: would use "
                + readable(now)
                + " (attempt to allocate chunk of "
                + readable(bytes)
                + "), maximum: "
                + readable(limit)
                + (shared ? ". Try again when other queries have ended" : ""),
            shared ? RETRY_SEC : 0);
      }
      peak.accumulateAndGet(now, Math::max);
    }
    MemoryTracker charged = null;
    try {
      if (beside != null) {
        beside.charge(bytes);
        charged = beside;
      }
      if (parent != null) {
        parent.charge(bytes);
      }
    } catch (LonghouseException e) {
      used.addAndGet(-bytes);
      if (charged != null) {
        charged.charge(-bytes);
      }
      throw e;
    }
  }

  /**
   * Does work on the current thread whose allocations are announced here. What it keeps it charges
   * itself; the announcements are taken back at its end.
   */
  public <T extends @Nullable Object> T during(Supplier<T> work) {
    Work before = WORK.get();
    var now = new Work(this);
    WORK.set(now);
    try {
      return work.get();
    } finally {
      WORK.set(before);
      charge(-now.announced);
    }
  }

  /**
   * Called before an array is replaced by a larger one: both are there for a moment.
   *
   * @throws LonghouseException MEMORY_LIMIT_EXCEEDED (241) when the work of this thread may not
   *     have the larger one
   */
  public static void growing(long bytes, long largerBytes) {
    if (largerBytes < ANNOUNCED_BYTES_MIN) {
      return;
    }
    Work work = WORK.get();
    if (work != null) {
      work.tracker.charge(largerBytes);
      work.tracker.charge(-bytes);
      work.announced += largerBytes - bytes;
    }
  }

  /** Gives back all that is still charged here, when the owner ends. */
  public void close() {
    long rest = used.getAndSet(0);
    if (beside != null && rest != 0) {
      beside.charge(-rest);
    }
    if (parent != null && rest != 0) {
      parent.charge(-rest);
    }
  }

  /** Bytes as ClickHouse prints them: {@code 1.50 GiB}. */
  public static String readable(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double v = bytes;
    int u = 0;
    while (Math.abs(v) >= 1024 && u + 1 < units.length) {
      v /= 1024;
      u++;
    }
    return String.format(java.util.Locale.ROOT, "%.2f %s", v, units[u]);
  }
}
