package io.longhouse.engine.meter;

/** Counts of one account; for one thread at a time. */
public final class Usage {
  private static final Measure[] MEASURES = Measure.values();

  private final long[] values = new long[MEASURES.length];

  void add(Measure m, long amount) {
    int i = m.ordinal();
    values[i] = m.isGreatest() ? Math.max(values[i], amount) : values[i] + amount;
  }

  void add(Usage other) {
    for (Measure m : MEASURES) {
      add(m, other.get(m));
    }
  }

  public long get(Measure m) {
    return values[m.ordinal()];
  }
}
