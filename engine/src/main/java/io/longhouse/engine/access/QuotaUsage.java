package io.longhouse.engine.access;

import io.longhouse.engine.access.Quota.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How much of each quota was used, for each of its keys. Counting is exact: what was counted is
 * never lost, and of many who count at once exactly as many as allowed stay within the limit.
 */
public final class QuotaUsage {
  private record Key(UUID quota, String key) {}

  private static final int QUERIES_MAX = 100_000;
  private static final int SWEEP_AT_MIN = 50_000;

  private final Map<Key, Usage> used = new ConcurrentHashMap<>();
  private volatile int sweepAt = SWEEP_AT_MIN;

  /** The usage of one quota by one key. */
  public static final class Usage {
    private final Quota quota;
    private final String key;
    private final List<Counters> intervals;

    private Usage(Quota quota, String key, List<Counters> intervals) {
      this.quota = quota;
      this.key = key;
      this.intervals = intervals;
    }

    public Quota quota() {
      return quota;
    }

    public String key() {
      return key;
    }

    public List<Counters> intervals() {
      return intervals;
    }
  }

  /** What was used within an interval that is under way. */
  public static final class Counters {
    private final Quota.Interval interval;
    private final long shiftSec;
    private volatile Window window;

    /** Queries under way that may end as an error, which is counted then. */
    private long mayFail;

    private record Window(long endSec, AtomicLongArray used, Map<Long, AtomicLong> queries) {}

    Counters(Quota.Interval interval) {
      this.interval = interval;
      this.shiftSec =
          interval.randomized() ? ThreadLocalRandom.current().nextLong(interval.seconds()) : 0;
      this.window = next(now());
    }

    private static long now() {
      return System.currentTimeMillis() / 1000;
    }

    /** Intervals begin at multiples of their length since 1970. */
    private Window next(long nowSec) {
      long length = interval.seconds();
      long end = Math.floorDiv(nowSec - shiftSec, length) * length + length + shiftSec;
      return new Window(
          end, new AtomicLongArray(Resource.values().length), new ConcurrentHashMap<>());
    }

    private Window current() {
      Window w = window;
      long now = now();
      if (now < w.endSec) {
        return w;
      }
      synchronized (this) {
        if (now >= window.endSec) {
          window = next(now);
        }
        return window;
      }
    }

    public Quota.Interval interval() {
      return interval;
    }

    public long endSec() {
      return current().endSec;
    }

    public long used(Resource r) {
      return current().used.get(r.ordinal());
    }

    /** Counts and answers how much it is now. */
    long add(Resource r, long amount) {
      return current().used.addAndGet(r.ordinal(), amount);
    }

    private boolean limitsErrors() {
      return interval.max().get(Resource.ERRORS) != null;
    }

    /** Whether one more query may be under way, all of which may fail within the limit. */
    synchronized boolean mayFail() {
      Long max = interval.max().get(Resource.ERRORS);
      if (max == null) {
        return true;
      }
      if (used(Resource.ERRORS) + mayFail > max) {
        return false;
      }
      mayFail++;
      return true;
    }

    /** A query that was allowed to fail has ended, or has not begun. */
    synchronized void ended(boolean failed) {
      if (limitsErrors()) {
        mayFail--;
      }
      if (failed) {
        add(Resource.ERRORS, 1);
      }
    }

    /** Counts an error of a query that never began, unless there were too many already. */
    synchronized boolean failed() {
      Long max = interval.max().get(Resource.ERRORS);
      if (max != null && used(Resource.ERRORS) + mayFail > max) {
        return false;
      }
      add(Resource.ERRORS, 1);
      return true;
    }

    /** Counts a query by its hash and answers how often it came; the most is what is used. */
    long addQuery(long hash) {
      Window w = current();
      // Beyond a bound all others count together.
      long key = w.queries.size() < QUERIES_MAX || w.queries.containsKey(hash) ? hash : 0;
      long n = w.queries.computeIfAbsent(key, _ -> new AtomicLong()).incrementAndGet();
      w.used.accumulateAndGet(Resource.QUERIES_PER_NORMALIZED_HASH.ordinal(), n, Math::max);
      return n;
    }

    void reset(Resource r) {
      current().used.set(r.ordinal(), 0);
    }
  }

  /** The usage of a quota as it is now; an altered quota keeps what its old intervals counted. */
  Usage of(Quota quota, String key) {
    if (used.size() >= sweepAt) {
      sweep();
    }
    return used.compute(
        new Key(quota.id(), key),
        (k, known) -> {
          if (known != null && known.quota == quota) {
            return known;
          }
          List<Counters> intervals = new ArrayList<>();
          for (Quota.Interval i : quota.intervals()) {
            intervals.add(kept(known, i));
          }
          return new Usage(quota, key, List.copyOf(intervals));
        });
  }

  /** Forgets what was used in intervals that are over. */
  private synchronized void sweep() {
    if (used.size() >= sweepAt) {
      long now = Counters.now();
      used.values().removeIf(u -> u.intervals.stream().allMatch(c -> c.window.endSec <= now));
      sweepAt = Math.max(SWEEP_AT_MIN, 2 * used.size());
    }
  }

  private static Counters kept(@org.jspecify.annotations.Nullable Usage known, Quota.Interval i) {
    if (known != null) {
      for (Counters c : known.intervals) {
        if (c.interval.seconds() == i.seconds() && c.interval.randomized() == i.randomized()) {
          var counters = new Counters(i);
          counters.window = c.current();
          return counters;
        }
      }
    }
    return new Counters(i);
  }

  /** All that was counted for quotas that are still there. */
  public List<Usage> all() {
    return List.copyOf(used.values());
  }

  /** Forgets a quota that is no more. */
  void forget(UUID quota) {
    used.keySet().removeIf(k -> k.quota.equals(quota));
  }
}
