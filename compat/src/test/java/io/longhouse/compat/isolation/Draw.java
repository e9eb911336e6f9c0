package io.longhouse.compat.isolation;

import java.util.List;
import java.util.SplittableRandom;

/** Choices that follow from a seed alone. */
final class Draw {
  private final SplittableRandom random;

  Draw(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** True in so many of a hundred cases. */
  boolean percent(int n) {
    return random.nextInt(100) < n;
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  String of(String... all) {
    return all[random.nextInt(all.length)];
  }

  long bits() {
    return random.nextLong();
  }
}
