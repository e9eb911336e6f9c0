package io.longhouse.engine.exec.group;

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

  private final Column layout;
  private long[] slotKeys = new long[1 << 10];
  private int[] slots = new int[1 << 10];
  private long[] keys = new long[1 << 9];
  private int size;
  private final long[] batch = new long[BATCH];
  private final int[] places = new int[BATCH];

  LongTable(Column layout) {
    this.layout = layout;
  }

  static int place(long key, int mask) {
    return (int) (ValueBytes.mix(key) >>> 20) & mask;
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
    while ((size + n) * 2 > slots.length) {
      grow();
    }
    int mask = slots.length - 1;
    long[] sk = slotKeys;
    int[] s = slots;
    for (int i = 0; i < n; i++) {
      places[i] = place(batch[i], mask);
    }
    for (int i = 0; i < n; i++) {
      long key = batch[i];
      int p = places[i];
      int g;
      while ((g = s[p]) != 0 && sk[p] != key) {
        p = (p + 1) & mask;
      }
      if (g == 0) {
        g = add(key);
        s[p] = g;
        sk[p] = key;
      }
      out[from + i] = g - 1;
    }
  }

  private int add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    keys[size++] = key;
    return size;
  }

  private void grow() {
    int capacity = slots.length * 4;
    slots = new int[capacity];
    slotKeys = new long[capacity];
    int mask = capacity - 1;
    for (int g = 0; g < size; g++) {
      int p = place(keys[g], mask);
      while (slots[p] != 0) {
        p = (p + 1) & mask;
      }
      slots[p] = g + 1;
      slotKeys[p] = keys[g];
    }
  }

  @Override
  public void find(Column[] columns, int rows, int[] out) {
    Column c = GroupTable.plain(columns[0]);
    int mask = slots.length - 1;
    long[] wanted = new long[BATCH];
    for (int from = 0; from < rows; from += BATCH) {
      int n = Math.min(BATCH, rows - from);
      toBits(c, from, n, wanted);
      for (int i = 0; i < n; i++) {
        int p = place(wanted[i], mask);
        int g;
        while ((g = slots[p]) != 0 && slotKeys[p] != wanted[i]) {
          p = (p + 1) & mask;
        }
        out[from + i] = g - 1;
      }
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
  public GroupTable reader() {
    var view = new LongTable(layout);
    view.slotKeys = slotKeys;
    view.slots = slots;
    view.keys = keys;
    view.size = size;
    return view;
  }

  @Override
  public int size() {
    return size;
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
    return 8L * slotKeys.length + 4L * slots.length + 8L * keys.length;
  }
}
