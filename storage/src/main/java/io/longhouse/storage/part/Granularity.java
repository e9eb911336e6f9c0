package io.longhouse.storage.part;

import java.util.Arrays;

/**
 * How many rows each granule of a part has. Granules are numbered from 0; mark {@code m} is where
 * granule m begins.
 */
public final class Granularity {
  private final long[] starts;

  private Granularity(long[] starts) {
    this.starts = starts;
  }

  /** Granules of these many rows. */
  public static Granularity of(int[] rows, int count) {
    long[] starts = new long[count + 1];
    for (int i = 0; i < count; i++) {
      starts[i + 1] = starts[i] + rows[i];
    }
    return new Granularity(starts);
  }

  /** Granules of {@code granule} rows, the last one perhaps shorter. */
  public static Granularity fixed(long rows, int granule) {
    int count = Math.toIntExact((rows + granule - 1) / granule);
    long[] starts = new long[count + 1];
    for (int i = 0; i <= count; i++) {
      starts[i] = Math.min(rows, (long) i * granule);
    }
    return new Granularity(starts);
  }

  public int count() {
    return starts.length - 1;
  }

  public long rows() {
    return starts[starts.length - 1];
  }

  public int rowsOf(int granule) {
    return (int) (starts[granule + 1] - starts[granule]);
  }

  /** The first row of a granule; for {@code granule == count()} the number of rows. */
  public long start(int granule) {
    return starts[granule];
  }

  public long rowsBetween(int from, int to) {
    return starts[to] - starts[from];
  }

  /** The granule of a row. */
  public int granuleOf(long row) {
    int at = Arrays.binarySearch(starts, row);
    return at >= 0 ? at : -at - 2;
  }
}
