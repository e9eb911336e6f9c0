package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import java.util.Arrays;

/**
 * Counts by keys of two words, in the order of ClickHouse's {@code HashMap} as {@link LongLongMap}
 * has it; a word of the key places it, or a hash of both.
 *
 * <pre>
 * state = VarUInt size, size * (key, UInt64 count)
 * </pre>
 */
public final class WideCounts {
  /** The place of a key before it is cut to the table's size. */
  @FunctionalInterface
  public interface Placement {
    long of(long low, long high);
  }

  private static final int LARGE_DEGREE = 23;

  private final Placement placement;
  private long[] keys;
  private long[] counts;
  private int degree;
  private int size;
  private boolean hasZero;
  private long zeroCount;

  public WideCounts(Placement placement, int degree) {
    this.placement = placement;
    this.degree = degree;
    keys = new long[2 << degree];
    counts = new long[1 << degree];
  }

  public int size() {
    return size;
  }

  public long bytes() {
    return 24L * counts.length + 64;
  }

  private boolean isFree(int i) {
    return (keys[2 * i] | keys[2 * i + 1]) == 0;
  }

  /** Adds to the count of a key. */
  public void add(long low, long high, long count) {
    if ((low | high) == 0) {
      size += hasZero ? 0 : 1;
      hasZero = true;
      zeroCount += count;
      return;
    }
    int mask = counts.length - 1;
    int at = (int) placement.of(low, high) & mask;
    while (!isFree(at)) {
      if (keys[2 * at] == low && keys[2 * at + 1] == high) {
        counts[at] += count;
        return;
      }
      at = at + 1 & mask;
    }
    keys[2 * at] = low;
    keys[2 * at + 1] = high;
    counts[at] = count;
    if (++size > counts.length >>> 1) {
      resize();
    }
  }

  private void resize() {
    int old = counts.length;
    degree += degree >= LARGE_DEGREE ? 1 : 2;
    keys = Arrays.copyOf(keys, 2 << degree);
    counts = Arrays.copyOf(counts, 1 << degree);
    int i = 0;
    for (; i < old; i++) {
      if (!isFree(i)) {
        reinsert(i);
      }
    }
    for (; !isFree(i); i++) {
      reinsert(i);
    }
  }

  private void reinsert(int i) {
    int mask = counts.length - 1;
    int at = (int) placement.of(keys[2 * i], keys[2 * i + 1]) & mask;
    while (at != i && !isFree(at)) {
      at = at + 1 & mask;
    }
    if (at == i) {
      return;
    }
    keys[2 * at] = keys[2 * i];
    keys[2 * at + 1] = keys[2 * i + 1];
    counts[at] = counts[i];
    keys[2 * i] = 0;
    keys[2 * i + 1] = 0;
  }

  /** Both words of the key and the count of each entry in the table's order. */
  public long[] entries() {
    long[] out = new long[3 * size];
    int n = 0;
    if (hasZero) {
      out[2] = zeroCount;
      n = 3;
    }
    for (int i = 0; i < counts.length; i++) {
      if (!isFree(i)) {
        out[n++] = keys[2 * i];
        out[n++] = keys[2 * i + 1];
        out[n++] = counts[i];
      }
    }
    return out;
  }

  public void addAll(WideCounts other) {
    long[] e = other.entries();
    for (int i = 0; i < e.length; i += 3) {
      add(e[i], e[i + 1], e[i + 2]);
    }
  }

  public void write(ByteWriter out) {
    out.writeVarUInt(size);
    for (long word : entries()) {
      out.writeLong(word);
    }
  }

  public void read(ByteReader in) {
    int n = in.readLength(1 << 27, "hash table");
    for (int i = 0; i < n; i++) {
      long low = in.readLong();
      long high = in.readLong();
      add(low, high, in.readLong());
    }
  }
}
