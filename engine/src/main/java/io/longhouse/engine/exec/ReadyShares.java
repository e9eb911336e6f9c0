package io.longhouse.engine.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The shares of one parent that have work to be done: a heap for each priority, with the share that
 * has had the least time for its weight on top. Guarded by the scheduler's lock.
 */
final class ReadyShares {
  /** How far a share may be behind that has fewer tasks than its part of the threads. */
  private static final double BEHIND_NS_MAX = 50_000_000;

  /** Siblings of one priority. */
  static final class Band {
    private final long priority;

    /**
     * Who comes anew begins there: the time of the share that was served last, or what all would
     * have had if those that have work had shared the threads evenly, whichever is more.
     */
    private double virtualTime;

    /** Of the shares that have work or are worked for. */
    private double activeWeight;

    private int active;

    private Share[] heap = new Share[4];
    private int size;

    private Band(long priority) {
      this.priority = priority;
    }

    private void add(Share s) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      put(s, size);
      size++;
      up(s, true);
    }

    private void remove(Share s) {
      int at = s.place;
      size--;
      Share last = heap[size];
      s.place = -1;
      s.band = null;
      if (last != s) {
        put(last, at);
        up(last, false);
        down(last);
      }
    }

    private void put(Share s, int at) {
      heap[at] = s;
      s.place = at;
    }

    /**
     * @param first whether it goes before its equals
     */
    private void up(Share s, boolean first) {
      int at = s.place;
      while (at > 0) {
        Share above = heap[(at - 1) >>> 1];
        if (first ? above.time < s.time : above.time <= s.time) {
          break;
        }
        put(above, at);
        at = (at - 1) >>> 1;
      }
      put(s, at);
    }

    private void down(Share s) {
      int at = s.place;
      while (2 * at + 1 < size) {
        int child = 2 * at + 1;
        if (child + 1 < size && heap[child + 1].time < heap[child].time) {
          child++;
        }
        if (s.time <= heap[child].time) {
          break;
        }
        put(heap[child], at);
        at = child;
      }
      put(s, at);
    }
  }

  /** By priority, the first being served first; seldom more than one. */
  private final List<Band> bands = new ArrayList<>(1);

  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /**
   * @param worked whether it has been worked for without a pause, so that it may catch up a little
   */
  void add(Share s, boolean worked) {
    Band b = band(s.limits.priority());
    s.time = Math.max(s.time, b.virtualTime - (worked ? BEHIND_NS_MAX : 0));
    s.band = b;
    b.add(s);
    size++;
  }

  void remove(Share s) {
    Band b = s.band;
    if (b != null) {
      b.remove(s);
      size--;
    }
  }

  /** The share has begun or ceased to have work or be worked for. */
  void activate(Share s, boolean active) {
    Band b = band(s.limits.priority());
    b.active += active ? 1 : -1;
    b.activeWeight += active ? s.limits.weight() : -s.limits.weight();
    if (b.active == 0) {
      b.activeWeight = 0;
    }
  }

  /** The share was worked for so long. */
  void spent(Share s, long ns) {
    Band b = band(s.limits.priority());
    b.virtualTime += ns / Math.max(b.activeWeight, s.limits.weight());
  }

  /** The share's time has changed. */
  static void moved(Share s) {
    Band b = s.band;
    if (b != null) {
      b.up(s, false);
      b.down(s);
    }
  }

  /** The share to be served next. */
  Share first() {
    return top().heap[0];
  }

  /** The same, which is served now. */
  Share serve() {
    Band b = top();
    Share s = b.heap[0];
    b.virtualTime = Math.max(b.virtualTime, s.time);
    return s;
  }

  private Band top() {
    for (Band b : bands) {
      if (b.size > 0) {
        return b;
      }
    }
    throw new IllegalStateException("nothing is ready");
  }

  /** Where a share of that priority would begin that comes now. */
  double virtualTime(long priority) {
    for (Band b : bands) {
      if (b.priority == priority) {
        return b.virtualTime;
      }
    }
    return 0;
  }

  private Band band(long priority) {
    int at = 0;
    for (Band b : bands) {
      if (b.priority == priority) {
        return b;
      }
      at += b.priority < priority ? 1 : 0;
    }
    var made = new Band(priority);
    bands.add(at, made);
    return made;
  }
}
