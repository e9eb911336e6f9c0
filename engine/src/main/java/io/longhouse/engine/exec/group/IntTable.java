package io.longhouse.engine.exec.group;

import io.longhouse.column.Capacity;
import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import java.util.Arrays;

/**
 * Whole numbers of 4 bytes. As {@link LongTable}, but a slot is one word, so that twice as many fit
 * into the cache: the key above, group + 1 below.
 */
final class IntTable implements GroupTable {
  private static final int BATCH = 1024;
  private static final int TOUCH_SLOTS_MIN = 1 << 16;
  private static final long NEVER = 0x5DEECE66DL;
  private static final int GROW_SLOWLY_SLOTS = 1 << 18;

  private long[] slots = new long[1 << 10];
  private int[] keys = new int[1 << 9];
  private int size;
  private final int[] places = new int[BATCH];
  private long touched;

  /** The last step of MurmurHash3. */
  private static int mix(int key) {
    int h = (key ^ key >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }

  @Override
  public void groups(Column[] columns, int rows, int[] out) {
    int[] v = ((Int32Column) GroupTable.plain(columns[0])).values();
    for (int from = 0; from < rows; from += BATCH) {
      groupsOfBatch(v, from, Math.min(BATCH, rows - from), out);
    }
  }

  private void groupsOfBatch(int[] v, int from, int n, int[] out) {
    while ((size + n) * 2L > slots.length) {
      grow();
    }
    long[] s = slots;
    int mask = s.length - 1;
    touched = placesOf(v, from, n, s, places);
    for (int i = 0; i < n; i++) {
      int key = v[from + i];
      int p = places[i];
      long slot;
      while ((slot = s[p]) != 0 && (int) (slot >>> 32) != key) {
        p = p + 1 & mask;
      }
      if (slot == 0) {
        slot = slot(key, add(key));
        s[p] = slot;
      }
      out[from + i] = (int) slot - 1;
    }
  }

  private static long slot(int key, int group) {
    return (long) key << 32 | group + 1;
  }

  /**
   * Writes the places of keys, and reads them, so that their lines come to the cache side by side.
   * Answers something that depends on all of them.
   */
  private static long placesOf(int[] v, int from, int n, long[] s, int[] places) {
    int mask = s.length - 1;
    for (int i = 0; i < n; i++) {
      places[i] = mix(v[from + i]) & mask;
    }
    long sum = 0;
    if (s.length > TOUCH_SLOTS_MIN) {
      for (int i = 0; i < n; i++) {
        sum += s[places[i]];
      }
    }
    return sum;
  }

  private int add(int key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, Capacity.slots(size, 2, Integer.BYTES));
    }
    keys[size] = key;
    return size++;
  }

  private void grow() {
    int factor = slots.length < GROW_SLOWLY_SLOTS ? 4 : 2;
    long[] s = new long[Capacity.slots(slots.length, factor, Long.BYTES)];
    int mask = s.length - 1;
    for (int g = 0; g < size; g++) {
      int p = mix(keys[g]) & mask;
      while (s[p] != 0) {
        p = p + 1 & mask;
      }
      s[p] = slot(keys[g], g);
    }
    slots = s;
  }

  @Override
  public void find(Column[] columns, int rows, int[] out) {
    int[] v = ((Int32Column) GroupTable.plain(columns[0])).values();
    long[] s = slots;
    int mask = s.length - 1;
    int[] at = new int[BATCH];
    long sum = 0;
    for (int from = 0; from < rows; from += BATCH) {
      int n = Math.min(BATCH, rows - from);
      sum += placesOf(v, from, n, s, at);
      for (int i = 0; i < n; i++) {
        int key = v[from + i];
        int p = at[i];
        long slot;
        while ((slot = s[p]) != 0 && (int) (slot >>> 32) != key) {
          p = p + 1 & mask;
        }
        out[from + i] = (int) slot - 1;
      }
    }
    if (sum == NEVER) {
      touched = sum;
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long hashOf(int group) {
    return (long) mix(keys[group]) << 32;
  }

  @Override
  public Column[] keys(int[] groups, int count) {
    int[] v = new int[count];
    for (int i = 0; i < count; i++) {
      v[i] = keys[groups[i]];
    }
    return new Column[] {new Int32Column(v, count)};
  }

  @Override
  public long retainedBytes() {
    return 8L * slots.length + 4L * keys.length + (touched & 0);
  }
}
