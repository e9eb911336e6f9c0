package io.longhouse.engine.meter;

import java.util.Map;
import java.util.TreeMap;

/** Counts of one account; for one thread at a time. */
public final class Usage {
  private static final Measure[] MEASURES = Measure.values();

  private final long[] values = new long[MEASURES.length];

  /** Rows and bytes by table; most accounts have none within a flush. */
  private Map<String, long[]> tables = Map.of();

  void add(Measure m, long amount) {
    int i = m.ordinal();
    values[i] = m.isGreatest() ? Math.max(values[i], amount) : values[i] + amount;
  }

  void add(Usage other) {
    for (Measure m : MEASURES) {
      add(m, other.get(m));
    }
    other.tables.forEach((table, s) -> stored(table, s[0], s[1]));
  }

  /** What there is on disk in a table; the most counts. */
  void stored(String table, long rows, long bytes) {
    tables = tables.isEmpty() ? new TreeMap<>() : tables;
    long[] most = tables.computeIfAbsent(table, _ -> new long[2]);
    most[0] = Math.max(most[0], rows);
    most[1] = Math.max(most[1], bytes);
  }

  /** The most rows there were in each table, by its name. */
  public Map<String, Long> storedRows() {
    return stored(0);
  }

  /** The most bytes there were in each table, by its name. */
  public Map<String, Long> storedBytes() {
    return stored(1);
  }

  private Map<String, Long> stored(int which) {
    Map<String, Long> out = new TreeMap<>();
    tables.forEach((table, s) -> out.put(table, s[which]));
    return out;
  }

  Usage copy() {
    var copy = new Usage();
    copy.add(this);
    return copy;
  }

  public long get(Measure m) {
    return values[m.ordinal()];
  }
}
