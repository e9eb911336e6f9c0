package io.longhouse.function.aggregate.combinator;

/** What combinators that keep states inside a state have in common. */
final class NestedStates {
  private NestedStates() {}

  /** 0, 1, 2 and so on. */
  static int[] iota(int n) {
    int[] out = new int[n];
    for (int i = 0; i < n; i++) {
      out[i] = i;
    }
    return out;
  }
}
