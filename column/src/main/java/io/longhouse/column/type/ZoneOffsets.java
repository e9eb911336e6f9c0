package io.longhouse.column.type;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The offsets of one time zone from UTC, in seconds, between 1800 and 2400; immutable, cached per
 * zone.
 *
 * <p>{@code transitions} ascend; {@code offsets[i]} holds before {@code transitions[i]} and {@code
 * offsets[i + 1]} from there on. {@code buckets} answers most questions without a search: the
 * offset that holds during the whole of a stretch of 2^20 seconds, or {@link #MIXED}.
 *
 * <p>A local time that a clock shows twice is its first occurrence; one that it skips is taken with
 * the offset that holds after the gap.
 */
public final class ZoneOffsets {
  private static final ConcurrentHashMap<ZoneId, ZoneOffsets> CACHE = new ConcurrentHashMap<>();
  private static final int MIXED = Integer.MIN_VALUE;
  private static final int BUCKET_BITS = 20;
  private static final long FIRST = -5_364_662_400L >> BUCKET_BITS << BUCKET_BITS;
  private static final long LAST = 13_569_465_600L;

  private final long[] transitions;
  private final int[] offsets;
  private final int[] buckets;
  private final boolean fixed;

  private ZoneOffsets(ZoneRules rules) {
    long[] t = new long[16];
    int[] o = new int[17];
    int n = 0;
    Instant at = Instant.ofEpochSecond(FIRST);
    o[0] = rules.getOffset(at).getTotalSeconds();
    ZoneOffsetTransition next = rules.nextTransition(at);
    while (next != null && next.toEpochSecond() < LAST) {
      if (n == t.length) {
        t = Arrays.copyOf(t, n * 2);
        o = Arrays.copyOf(o, n * 2 + 1);
      }
      t[n++] = next.toEpochSecond();
      o[n] = next.getOffsetAfter().getTotalSeconds();
      next = rules.nextTransition(next.getInstant());
    }
    transitions = Arrays.copyOf(t, n);
    offsets = Arrays.copyOf(o, n + 1);
    fixed = n == 0;
    buckets = new int[(int) (LAST - FIRST >> BUCKET_BITS) + 1];
    int k = 0;
    for (int b = 0; b < buckets.length; b++) {
      long end = FIRST + ((long) (b + 1) << BUCKET_BITS);
      boolean changes = k < n && transitions[k] < end;
      buckets[b] = changes ? MIXED : offsets[k];
      while (k < n && transitions[k] < end) {
        k++;
      }
    }
  }

  public static ZoneOffsets of(ZoneId zone) {
    ZoneOffsets known = CACHE.get(zone);
    return known != null ? known : CACHE.computeIfAbsent(zone, z -> new ZoneOffsets(z.getRules()));
  }

  /** Whether the offset never changes; then it is {@code offsetAt(0)}. */
  public boolean isFixed() {
    return fixed;
  }

  /** Seconds east of UTC at a moment. */
  public int offsetAt(long epochSecond) {
    int guess = bucket(epochSecond);
    return guess != MIXED ? guess : search(epochSecond);
  }

  private int bucket(long epochSecond) {
    if (fixed) {
      return offsets[0];
    }
    return epochSecond < FIRST || epochSecond >= LAST
        ? MIXED
        : buckets[(int) (epochSecond - FIRST >> BUCKET_BITS)];
  }

  private int search(long epochSecond) {
    int at = Arrays.binarySearch(transitions, epochSecond);
    return offsets[at >= 0 ? at + 1 : -at - 1];
  }

  /** Seconds east of UTC when a clock on the wall shows the local seconds since the epoch. */
  public int offsetAtLocal(long localSecond) {
    int before = bucket(localSecond - Calendar.SECONDS_PER_DAY);
    if (before != MIXED && before == bucket(localSecond + Calendar.SECONDS_PER_DAY)) {
      return before;
    }
    int low = 0;
    int high = transitions.length;
    while (low < high) {
      int mid = low + high >>> 1;
      if (localSecond >= transitions[mid] + offsets[mid]) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return offsets[low];
  }

  /** The moments at which the offset changes, ascending. A copy. */
  public long[] transitions() {
    return transitions.clone();
  }
}
