package io.longhouse.engine.exec.group;

import io.longhouse.column.Capacity;
import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.ValueBytes;
import java.util.Arrays;

/**
 * Keys of at most 8 bytes. Open addressing with linear probing at a load of at most one half; a
 * slot holds group + 1, the keys lie by group.
 */
final class LongTable implements GroupTable {
  private static final int BATCH = 1024;

  private static final int TOUCH_SLOTS_MIN = 1 << 16;
  private static final long NEVER = 0x5DEECE66DL;
  private static final int GROW_SLOWLY_SLOTS = 1 << 19;

  private final Column layout;

  /** Pairs of a key and its group + 1, so that a probe reads one line of the cache. */
  private long[] slots = new long[1 << 11];

  private long[] keys = new long[1 << 9];
  private int size;
  private final long[] batch = new long[BATCH];
  private final int[] places = new int[BATCH];
  private long touched;

  LongTable(Column layout) {
    this.layout = layout;
  }

  /** Where a key's pair would stand, given the last pair's place. */
  private static int place(long key, int mask) {
    return (int) (ValueBytes.mix(key) >>> 20) << 1 & mask;
  }

  @Override
  public void groups(Column[] columns, int rows, int[] out) {
    Column c = GroupTable.plain(columns[0]);
    for (int from = 0; from < rows; from += BATCH) {
      int n = Math.min(BATCH, rows - from);
      toBits(c, from, n, batch);
      groupsOfBatch(n, from, out);
    }
  }

  private void groupsOfBatch(int n, int from, int[] out) {
    while ((size + n) * 4L > slots.length) {
      grow();
    }
    long[] s = slots;
    int mask = s.length - 2;
    touched = placesOf(batch, n, s, places);
    for (int i = 0; i < n; i++) {
      long key = batch[i];
      int p = places[i];
      long g;
      while ((g = s[p + 1]) != 0 && s[p] != key) {
        p = (p + 2) & mask;
      }
      if (g == 0) {
        g = add(key);
        s[p] = key;
        s[p + 1] = g;
      }
      out[from + i] = (int) g - 1;
    }
  }

  /**
   * Writes the places of keys, and reads them, so that their lines come to the cache side by side.
   * Answers something that depends on all of them.
   */
  private static long placesOf(long[] keys, int n, long[] s, int[] places) {
    int mask = s.length - 2;
    for (int i = 0; i < n; i++) {
      places[i] = place(keys[i], mask);
    }
    long sum = 0;
    if (s.length > TOUCH_SLOTS_MIN) {
      for (int i = 0; i < n; i++) {
        sum += s[places[i]];
      }
    }
    return sum;
  }

  private int add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, Capacity.grown(size, size + 1L, Long.BYTES));
    }
    keys[size++] = key;
    return size;
  }

  private void grow() {
    int capacity =
        Capacity.slots(slots.length, slots.length < GROW_SLOWLY_SLOTS ? 4 : 2, Long.BYTES);
    long[] s = new long[capacity];
    int mask = capacity - 2;
    for (int g = 0; g < size; g++) {
      int p = place(keys[g], mask);
      while (s[p + 1] != 0) {
        p = (p + 2) & mask;
      }
      s[p] = keys[g];
      s[p + 1] = g + 1;
    }
    slots = s;
  }

  @Override
  public void find(Column[] columns, int rows, int[] out) {
    Column c = GroupTable.plain(columns[0]);
    long[] s = slots;
    int mask = s.length - 2;
    long[] wanted = new long[BATCH];
    int[] at = new int[BATCH];
    long sum = 0;
    for (int from = 0; from < rows; from += BATCH) {
      int n = Math.min(BATCH, rows - from);
      toBits(c, from, n, wanted);
      sum += placesOf(wanted, n, s, at);
      for (int i = 0; i < n; i++) {
        int p = at[i];
        long g;
        while ((g = s[p + 1]) != 0 && s[p] != wanted[i]) {
          p = (p + 2) & mask;
        }
        out[from + i] = (int) g - 1;
      }
    }
    if (sum == NEVER) {
      touched = sum;
    }
  }

  /** Values as their bits, floats with one zero and one NaN. */
  static void toBits(Column c, int from, int length, long[] out) {
    switch (c) {
      case Float64Column f -> {
        double[] v = f.values();
        for (int i = 0; i < length; i++) {
          out[i] = Double.doubleToLongBits(v[from + i] + 0.0);
        }
      }
      case Float32Column f -> {
        float[] v = f.values();
        for (int i = 0; i < length; i++) {
          out[i] = Float.floatToIntBits(v[from + i] + 0.0f);
        }
      }
      default -> io.longhouse.column.type.Numbers.toLongs(c, from, length, true, out);
    }
  }

  @Override
  public int size() {
    return size;
  }

  /** The bits of a group's key. */
  long key(int group) {
    return keys[group];
  }

  @Override
  public long hashOf(int group) {
    return ValueBytes.mix(keys[group]);
  }

  @Override
  public Column[] keys(int[] groups, int count) {
    return new Column[] {fromBits(layout, keys, groups, count)};
  }

  /** The column of a layout whose values have these bits. */
  static Column fromBits(Column layout, long[] bits, int[] at, int count) {
    return switch (layout) {
      case Int8Column _ -> {
        byte[] v = new byte[count];
        for (int i = 0; i < count; i++) {
          v[i] = (byte) bits[at[i]];
        }
        yield new Int8Column(v, count);
      }
      case Int16Column _ -> {
        short[] v = new short[count];
        for (int i = 0; i < count; i++) {
          v[i] = (short) bits[at[i]];
        }
        yield new Int16Column(v, count);
      }
      case Int32Column _ -> {
        int[] v = new int[count];
        for (int i = 0; i < count; i++) {
          v[i] = (int) bits[at[i]];
        }
        yield new Int32Column(v, count);
      }
      case Float32Column _ -> {
        float[] v = new float[count];
        for (int i = 0; i < count; i++) {
          v[i] = Float.intBitsToFloat((int) bits[at[i]]);
        }
        yield new Float32Column(v, count);
      }
      case Float64Column _ -> {
        double[] v = new double[count];
        for (int i = 0; i < count; i++) {
          v[i] = Double.longBitsToDouble(bits[at[i]]);
        }
        yield new Float64Column(v, count);
      }
      default -> {
        long[] v = new long[count];
        for (int i = 0; i < count; i++) {
          v[i] = bits[at[i]];
        }
        yield new Int64Column(v, count);
      }
    };
  }

  @Override
  public long retainedBytes() {
    return 8L * slots.length + 8L * keys.length + (touched & 0);
  }
}
