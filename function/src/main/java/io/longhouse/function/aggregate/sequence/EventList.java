package io.longhouse.function.aggregate.sequence;

import io.longhouse.column.Capacity;
import java.util.Arrays;

/** Times with a word of events each, in the order of arrival until sorted. */
final class EventList {
  private long[] times = new long[8];
  private long[] events = new long[8];
  private int size;
  boolean sorted = true;

  int size() {
    return size;
  }

  long time(int i) {
    return times[i];
  }

  long events(int i) {
    return events[i];
  }

  long bytes() {
    return 16L * times.length + 64;
  }

  void add(long time, long event) {
    if (size == times.length) {
      times = Arrays.copyOf(times, Capacity.grown(size, size + 1L, Long.BYTES));
      events = Arrays.copyOf(events, Capacity.grown(size, size + 1L, Long.BYTES));
    }
    times[size] = time;
    events[size++] = event;
  }

  void addAll(EventList other) {
    for (int i = 0; i < other.size; i++) {
      add(other.times[i], other.events[i]);
    }
  }

  /** Takes the events of another list in place of its own. */
  void replace(EventList other) {
    times = other.times;
    events = other.events;
    size = other.size;
  }

  /** A copy sorted by time, and among equal times by events if said so; stable. */
  EventList sorted(boolean byEvents) {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) -> {
          int c = Long.compareUnsigned(times[a], times[b]);
          return c != 0 || !byEvents ? c : Long.compare(events[a], events[b]);
        });
    var out = new EventList();
    for (Integer i : order) {
      out.add(times[i], events[i]);
    }
    return out;
  }
}
