package io.longhouse.function.scalar.array;

import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.NullableType;

/**
 * Sorts the elements of each array by a key: a stable merge sort of element numbers. NULL and NaN
 * come last, whichever the direction.
 */
public final class ElementSort {
  private static final int INSERTION_MAX = 16;

  private final DataType type;
  private final Column keys;
  private final long[] longs;
  private final boolean byLongs;
  private final int direction;
  private int[] scratch = new int[0];

  /**
   * @param direction 1 for ascending, -1 for descending
   */
  public ElementSort(DataType keyType, Column keys, int count, int direction) {
    this.type = keyType;
    this.keys = keys;
    this.direction = direction;
    DataType plain = NullableType.strip(keyType);
    Column values = keys instanceof NullableColumn n ? n.values() : keys;
    // The longs of NaN and of NULL would move to the front when the direction turns.
    this.byLongs = plain.hasOrderLongs() && !(plain instanceof FloatType && direction < 0);
    this.longs = byLongs ? new long[count] : new long[0];
    if (byLongs) {
      plain.orderLongs(values, 0, count, longs);
      if (direction < 0) {
        for (int i = 0; i < count; i++) {
          longs[i] = ~longs[i];
        }
      }
    }
  }

  /** The element numbers of all rows in order. */
  public int[] sorted(int[] offsets, int rows) {
    int[] order = new int[offsets[rows]];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int r = 0; r < rows; r++) {
      sort(order, offsets[r], offsets[r + 1]);
    }
    return order;
  }

  private void sort(int[] order, int from, int to) {
    if (to - from <= INSERTION_MAX) {
      insertion(order, from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(order, from, middle);
    sort(order, middle, to);
    if (compare(order[middle - 1], order[middle]) <= 0) {
      return;
    }
    int left = middle - from;
    if (scratch.length < left) {
      scratch = new int[Math.max(left, 64)];
    }
    System.arraycopy(order, from, scratch, 0, left);
    int i = 0;
    int j = middle;
    int k = from;
    while (i < left && j < to) {
      order[k++] = compare(scratch[i], order[j]) <= 0 ? scratch[i++] : order[j++];
    }
    System.arraycopy(scratch, i, order, k, left - i);
  }

  private void insertion(int[] order, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int x = order[i];
      int j = i - 1;
      while (j >= from && compare(order[j], x) > 0) {
        order[j + 1] = order[j];
        j--;
      }
      order[j + 1] = x;
    }
  }

  private int compare(int a, int b) {
    if (byLongs) {
      if (keys instanceof NullableColumn n) {
        int x = n.nulls()[a];
        int y = n.nulls()[b];
        if ((x | y) != 0) {
          return x - y;
        }
      }
      return Long.compare(longs[a], longs[b]);
    }
    return direction * type.compare(keys, a, keys, b, direction);
  }
}
