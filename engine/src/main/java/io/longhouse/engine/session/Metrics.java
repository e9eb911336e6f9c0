package io.longhouse.engine.session;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counters that only grow (events) and gauges read when asked for (metrics), by ClickHouse's names.
 */
public final class Metrics {
  private final Map<String, LongAdder> events = new ConcurrentHashMap<>();
  private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

  /** The counter of that name; the same object at every call. */
  public LongAdder event(String name) {
    return events.computeIfAbsent(name, _ -> new LongAdder());
  }

  /** A counter used as a gauge: connections and the like add 1 and take it back. */
  public LongAdder gauge(String name) {
    var adder = new LongAdder();
    gauges.putIfAbsent(name, adder::sum);
    return adder;
  }

  public void gauge(String name, LongSupplier value) {
    gauges.put(name, value);
  }

  public Map<String, Long> events() {
    Map<String, Long> out = new TreeMap<>();
    events.forEach((n, v) -> out.put(n, v.sum()));
    return out;
  }

  public Map<String, Long> gauges() {
    Map<String, Long> out = new TreeMap<>();
    gauges.forEach((n, v) -> out.put(n, v.getAsLong()));
    return out;
  }
}
