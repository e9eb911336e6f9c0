package io.longhouse.bench;

import java.util.Arrays;
import java.util.Locale;

/** How long each of many things took, in milliseconds. */
record Durations(double[] sorted) {
  static Durations of(int count, Runnable what) {
    double[] ms = new double[count];
    for (int i = 0; i < count; i++) {
      long startNs = System.nanoTime();
      what.run();
      ms[i] = (System.nanoTime() - startNs) / 1e6;
    }
    return ofAll(ms);
  }

  static Durations ofAll(double[] ms) {
    double[] sorted = ms.clone();
    Arrays.sort(sorted);
    return new Durations(sorted);
  }

  double at(double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f ms (p99 %.2f ms)", at(0.5), at(0.99));
  }
}
