package io.longhouse.function.aggregate.state;

import io.longhouse.column.Capacity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Words that a group collects. */
public final class LongList {
  private long[] values = new long[8];
  private int size;
  private long @Nullable [] sorted;

  public int size() {
    return size;
  }

  /** At least {@link #size} words; not to be written. */
  public long[] values() {
    return values;
  }

  public void add(long v) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Capacity.grown(size, size + 1L, Long.BYTES));
    }
    values[size++] = v;
    sorted = null;
  }

  public void addAll(long[] v, int from, int to) {
    int needed = size + to - from;
    if (needed > values.length) {
      values = Arrays.copyOf(values, Capacity.grown(values.length, needed, Long.BYTES));
    }
    System.arraycopy(v, from, values, size, to - from);
    size = needed;
    sorted = null;
  }

  /** All values as order longs, ascending; kept until the next one is added. */
  public long[] sorted(NumberLayout layout) {
    long[] s = sorted;
    if (s == null) {
      s = new long[size];
      for (int i = 0; i < size; i++) {
        s[i] = layout.order(values[i]);
      }
      Arrays.sort(s);
      sorted = s;
    }
    return s;
  }

  public long bytes() {
    return 8L * values.length + (sorted == null ? 0 : 8L * size) + 48;
  }
}
