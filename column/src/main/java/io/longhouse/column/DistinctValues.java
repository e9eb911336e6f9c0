package io.longhouse.column;

import java.util.Arrays;

/**
 * Finds equal values by their bytes: an open-addressing table from a value's 64-bit hash to its
 * place in a dictionary under construction. Load factor at most one half.
 */
public final class DistinctValues {
  private final ColumnBuilder dictionary;
  private final ByteWriter scratch = new ByteWriter(32);
  private byte[] arena = new byte[256];
  private int[] ends = new int[16];
  private long[] hashes = new long[16];
  private int[] slots = new int[32];
  private int count;

  public DistinctValues(ColumnBuilder dictionary) {
    this.dictionary = dictionary;
    Arrays.fill(slots, -1);
  }

  /** Forgets all values; the dictionary was built or is given up. */
  public void clear() {
    count = 0;
    Arrays.fill(slots, -1);
  }

  /** Number of values in the dictionary. */
  public int size() {
    return count;
  }

  /** The place of a value, or -1 if it is not in the dictionary. */
  public int find(Column values, int row) {
    scratch.reset();
    ValueBytes.write(values, row, scratch);
    return find();
  }

  /** The place of a value in the dictionary, to which it is added if it is new. */
  public int indexOf(Column values, int row) {
    scratch.reset();
    ValueBytes.write(values, row, scratch);
    int found = find();
    if (found >= 0) {
      return found;
    }
    dictionary.append(values, row);
    return add();
  }

  /** The place of the zero value (NULL where the dictionary is nullable), added if it is new. */
  public int indexOfDefault(ColumnBuilder builder) {
    int before = builder.size();
    builder.appendDefault(1);
    if (before == 0 && count == 0) {
      scratch.reset();
      writeDefaultBytes();
      return add();
    }
    builder.truncate(before);
    scratch.reset();
    writeDefaultBytes();
    int found = find();
    if (found >= 0) {
      return found;
    }
    builder.appendDefault(1);
    return add();
  }

  private void writeDefaultBytes() {
    ColumnBuilder b = dictionary;
    switch (b) {
      case NullableColumn.Builder _ -> scratch.writeByte(1);
      case StringColumn.Builder _ -> {}
      case FixedBytesColumn.Builder f -> scratch.writeZeros(f.width());
      case WideColumn.Builder w -> scratch.writeZeros(8 * w.wordsPerValue());
      case Int8Column.Builder _ -> scratch.writeZeros(1);
      case Int16Column.Builder _ -> scratch.writeZeros(2);
      case Int32Column.Builder _, Float32Column.Builder _ -> scratch.writeZeros(4);
      default -> scratch.writeZeros(8);
    }
  }

  private int find() {
    long hash = hash();
    int mask = slots.length - 1;
    for (int s = (int) (hash >>> 32) & mask; ; s = (s + 1) & mask) {
      int index = slots[s];
      if (index < 0) {
        return -1;
      }
      if (hashes[index] == hash && equalsAt(index)) {
        return index;
      }
    }
  }

  private boolean equalsAt(int index) {
    int from = index == 0 ? 0 : ends[index - 1];
    return Arrays.equals(arena, from, ends[index], scratch.buffer(), 0, scratch.position());
  }

  private int add() {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      hashes = Arrays.copyOf(hashes, count * 2);
    }
    int from = count == 0 ? 0 : ends[count - 1];
    int length = scratch.position();
    if (from + length > arena.length) {
      arena = Arrays.copyOf(arena, Math.max(from + length, arena.length * 2));
    }
    System.arraycopy(scratch.buffer(), 0, arena, from, length);
    ends[count] = from + length;
    hashes[count] = hash();
    count++;
    if (count * 2 > slots.length) {
      slots = new int[slots.length * 2];
      Arrays.fill(slots, -1);
      for (int i = 0; i < count; i++) {
        insert(i);
      }
    } else {
      insert(count - 1);
    }
    return count - 1;
  }

  private void insert(int index) {
    int mask = slots.length - 1;
    int s = (int) (hashes[index] >>> 32) & mask;
    while (slots[s] >= 0) {
      s = (s + 1) & mask;
    }
    slots[s] = index;
  }

  private long hash() {
    return ValueBytes.hash(scratch.buffer(), 0, scratch.position());
  }
}
