package io.longhouse.storage.mergetree;

/**
 * Stable sort of row numbers by signed longs, a byte at a time, leaving out bytes that are equal.
 */
final class RadixSort {
  private RadixSort() {}

  /** The rows {@code 0 .. rows - 1} in ascending order of their keys. */
  static int[] sort(long[] keys, int rows) {
    int[] index = new int[rows];
    for (int i = 0; i < rows; i++) {
      index[i] = i;
    }
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < rows; i++) {
      min = Math.min(min, keys[i]);
      max = Math.max(max, keys[i]);
    }
    // The difference is right as an unsigned number even if it does not fit a signed one.
    int bits = 64 - Long.numberOfLeadingZeros(max - min);
    long[] from = new long[rows];
    for (int i = 0; i < rows; i++) {
      from[i] = keys[i] - min;
    }
    long[] to = new long[rows];
    int[] moved = new int[rows];
    int[] counts = new int[256];
    for (int shift = 0; shift < bits; shift += 8) {
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
    return index;
  }
}
