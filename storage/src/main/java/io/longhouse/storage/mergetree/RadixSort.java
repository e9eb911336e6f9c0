package io.longhouse.storage.mergetree;

import io.longhouse.column.Turns;

/** Stable sort of row numbers by unsigned longs, a byte at a time from the lowest. */
final class RadixSort {
  private RadixSort() {}

  /**
   * @param keys in ascending order
   * @param rows the row of each key
   */
  record Sorted(long[] keys, int[] rows) {}

  /**
   * The rows {@code 0 .. rows - 1} in ascending order of their keys.
   *
   * @param keys used as scratch
   * @param bits of the keys, from the lowest, that may be set
   */
  static Sorted sort(long[] keys, int bits, int rows) {
    int[] index = new int[rows];
    for (int i = 0; i < rows; i++) {
      index[i] = i;
    }
    long[] from = keys;
    long[] to = new long[rows];
    int[] moved = new int[rows];
    int[] counts = new int[256];
    for (int shift = 0; shift < bits; shift += 8) {
      if (rows >= Turns.ROWS_MIN) {
        Turns.between();
      }
      java.util.Arrays.fill(counts, 0);
      for (int i = 0; i < rows; i++) {
        counts[(int) (from[i] >>> shift) & 255]++;
      }
      int sum = 0;
      for (int d = 0; d < 256; d++) {
        int n = counts[d];
        counts[d] = sum;
        sum += n;
      }
      for (int i = 0; i < rows; i++) {
        int at = counts[(int) (from[i] >>> shift) & 255]++;
        to[at] = from[i];
        moved[at] = index[i];
      }
      long[] swapKeys = from;
      from = to;
      to = swapKeys;
      int[] swapRows = index;
      index = moved;
      moved = swapRows;
    }
    return new Sorted(from, index);
  }
}
