package io.longhouse.column;

import java.util.function.Supplier;

/**
 * Arrays that are used again, for values that live no longer than one step of a query: what comes
 * from fresh memory has to be cleared and is in no cache. Within {@link #in} arrays come from a
 * pool of the thread and go back when the step ends; outside they are new.
 *
 * <p>Whoever takes an array writes all of it that is read later: it holds what it held before. It
 * may be longer than asked for.
 *
 * <p>Whoever opens a scope promises that no column that was made inside is looked at afterwards.
 */
public final class Scratch {
  private static final int LENGTH_MIN = 1 << 10;
  private static final int LENGTH_MAX = 1 << 22;
  private static final int SIZES = 13;

  /** Arrays kept of each size: many of up to 2^17 elements, few larger ones. */
  private static final int KEPT_PER_SIZE = 12;

  private static final int KEPT_OF_LARGE = 2;
  private static final int LARGE = 8;

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private final Shelf<byte[]> bytes = new Shelf<>(new byte[SIZES][KEPT_PER_SIZE][]);
  private final Shelf<int[]> ints = new Shelf<>(new int[SIZES][KEPT_PER_SIZE][]);
  private final Shelf<long[]> longs = new Shelf<>(new long[SIZES][KEPT_PER_SIZE][]);
  private final Shelf<double[]> doubles = new Shelf<>(new double[SIZES][KEPT_PER_SIZE][]);
  private boolean open;

  private Scratch() {}

  /** Arrays of one type by size. The first {@code used} of a size have been given out. */
  private static final class Shelf<T> {
    private final T[][] arrays;
    private final int[] used = new int[SIZES];

    Shelf(T[][] arrays) {
      this.arrays = arrays;
    }

    void reset() {
      java.util.Arrays.fill(used, 0);
    }
  }

  /** Runs a step whose columns nobody looks at afterwards. */
  public static <T> T in(Supplier<T> step) {
    Scratch s = OF_THREAD.get();
    if (s.open) {
      return step.get();
    }
    s.open = true;
    try {
      return step.get();
    } finally {
      s.open = false;
      s.bytes.reset();
      s.ints.reset();
      s.longs.reset();
      s.doubles.reset();
    }
  }

  /** Runs something whose columns live on after the step. */
  public static <T> T outside(Supplier<T> work) {
    Scratch s = OF_THREAD.get();
    if (!s.open) {
      return work.get();
    }
    s.open = false;
    try {
      return work.get();
    } finally {
      s.open = true;
    }
  }

  private static boolean isUsedUp(int[] used, int shelf) {
    return used[shelf] == (shelf < LARGE ? KEPT_PER_SIZE : KEPT_OF_LARGE);
  }

  /** Which shelf an array of that length is on; -1 for none. */
  private static int shelf(int length) {
    return length < LENGTH_MIN || length > LENGTH_MAX
        ? -1
        : Math.max(0, 22 - Integer.numberOfLeadingZeros(length - 1));
  }

  /** At least {@code length} bytes of any content. */
  public static byte[] bytes(int length) {
    int at = shelf(length);
    Scratch s;
    if (at < 0 || !(s = OF_THREAD.get()).open || isUsedUp(s.bytes.used, at)) {
      return new byte[length];
    }
    int i = s.bytes.used[at]++;
    byte[] a = s.bytes.arrays[at][i];
    if (a == null) {
      a = new byte[LENGTH_MIN << at];
      s.bytes.arrays[at][i] = a;
    }
    return a;
  }

  /** At least {@code length} ints of any content. */
  public static int[] ints(int length) {
    int at = shelf(length);
    Scratch s;
    if (at < 0 || !(s = OF_THREAD.get()).open || isUsedUp(s.ints.used, at)) {
      return new int[length];
    }
    int i = s.ints.used[at]++;
    int[] a = s.ints.arrays[at][i];
    if (a == null) {
      a = new int[LENGTH_MIN << at];
      s.ints.arrays[at][i] = a;
    }
    return a;
  }

  /** At least {@code length} longs of any content. */
  public static long[] longs(int length) {
    int at = shelf(length);
    Scratch s;
    if (at < 0 || !(s = OF_THREAD.get()).open || isUsedUp(s.longs.used, at)) {
      return new long[length];
    }
    int i = s.longs.used[at]++;
    long[] a = s.longs.arrays[at][i];
    if (a == null) {
      a = new long[LENGTH_MIN << at];
      s.longs.arrays[at][i] = a;
    }
    return a;
  }

  /** At least {@code length} doubles of any content. */
  public static double[] doubles(int length) {
    int at = shelf(length);
    Scratch s;
    if (at < 0 || !(s = OF_THREAD.get()).open || isUsedUp(s.doubles.used, at)) {
      return new double[length];
    }
    int i = s.doubles.used[at]++;
    double[] a = s.doubles.arrays[at][i];
    if (a == null) {
      a = new double[LENGTH_MIN << at];
      s.doubles.arrays[at][i] = a;
    }
    return a;
  }
}
