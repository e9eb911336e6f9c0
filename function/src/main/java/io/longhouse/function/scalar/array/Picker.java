package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import java.util.Arrays;

/** Collects, row by row, which elements the arrays of a result have; builds them by one gather. */
public final class Picker {
  /** Stands for the element type's default value. */
  public static final int DEFAULT = -1;

  private int[] picks;
  private int count;
  private final int[] offsets;
  private int row;
  private boolean anyDefault;

  public Picker(int rows, int elements) {
    picks = new int[Math.max(8, elements)];
    offsets = new int[rows + 1];
  }

  /** Takes element {@code index} or {@link #DEFAULT}. */
  public void pick(int index) {
    if (count == picks.length) {
      picks = Arrays.copyOf(picks, count * 2);
    }
    anyDefault |= index < 0;
    picks[count++] = index;
  }

  /** Takes the elements from {@code from} to {@code to - 1}. */
  public void pickRange(int from, int to) {
    if (to <= from) {
      return;
    }
    reserve(to - from);
    for (int i = from; i < to; i++) {
      picks[count++] = i;
    }
  }

  /** Takes the same element {@code times} times. */
  public void repeat(int index, int times) {
    if (times <= 0) {
      return;
    }
    reserve(times);
    anyDefault |= index < 0;
    Arrays.fill(picks, count, count + times, index);
    count += times;
  }

  private void reserve(int more) {
    int needed = Math.addExact(count, more);
    if (needed > picks.length) {
      picks = Arrays.copyOf(picks, Math.max(needed, picks.length * 2));
    }
  }

  public void endRow() {
    offsets[++row] = count;
  }

  /** Arrays of the picked elements of {@code elements}, a column of {@code type}. */
  public ArrayColumn build(Column elements, DataType type) {
    Column e =
        anyDefault ? gatherOrDefault(type, elements, picks, count) : elements.gather(picks, count);
    return new ArrayColumn(offsets, e, row);
  }

  /** Gathers, with the type's default value where the index is negative. */
  public static Column gatherOrDefault(DataType type, Column source, int[] picks, int count) {
    ColumnBuilder b = type.newBuilder(source.size() + 1);
    b.appendRange(source.full(), 0, source.size());
    b.append(type.defaultValue(), 0);
    int[] shifted = new int[count];
    for (int i = 0; i < count; i++) {
      shifted[i] = picks[i] < 0 ? source.size() : picks[i];
    }
    return b.build().gather(shifted, count);
  }
}
