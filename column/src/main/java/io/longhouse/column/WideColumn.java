package io.longhouse.column;

import java.util.Arrays;

/**
 * Values of 16 or 32 bytes (128- and 256-bit integers and decimals, UUID) as little-endian words:
 * word w of row i is {@code words[i * wordsPerValue + w]}, the least significant word first.
 */
public final class WideColumn implements Column {
  private final long[] words;
  private final int wordsPerValue;
  private final int size;

  public WideColumn(long[] words, int wordsPerValue, int size) {
    this.words = words;
    this.wordsPerValue = wordsPerValue;
    this.size = size;
  }

  public long[] words() {
    return words;
  }

  /** 2 or 4. */
  public int wordsPerValue() {
    return wordsPerValue;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long retainedBytes() {
    return 8L * words.length + 32;
  }

  @Override
  public Column slice(int from, int length) {
    return new WideColumn(
        Arrays.copyOfRange(words, from * wordsPerValue, (from + length) * wordsPerValue),
        wordsPerValue,
        length);
  }

  @Override
  public Column gather(int[] rows, int count) {
    int w = wordsPerValue;
    long[] out = new long[Math.multiplyExact(count, w)];
    for (int i = 0; i < count; i++) {
      int from = rows[i] * w;
      for (int k = 0; k < w; k++) {
        out[i * w + k] = words[from + k];
      }
    }
    return new WideColumn(out, w, count);
  }

  @Override
  public Builder newBuilder(int capacity) {
    return new Builder(wordsPerValue, capacity);
  }

  /** Grows the array. */
  public static final class Builder implements ColumnBuilder {
    private final int wordsPerValue;
    private long[] words;
    private int size;

    public Builder(int wordsPerValue, int capacity) {
      this.wordsPerValue = wordsPerValue;
      this.words = new long[Math.max(8, Math.multiplyExact(capacity, wordsPerValue))];
    }

    public int wordsPerValue() {
      return wordsPerValue;
    }

    /** Adds the value that stands at word {@code from} of {@code source}. */
    public void add(long[] source, int from) {
      reserve(1);
      System.arraycopy(source, from, words, size * wordsPerValue, wordsPerValue);
      size++;
    }

    /** The words of all values so far; one that was just added as 0 may be filled in here. */
    public long[] words() {
      return words;
    }

    private void reserve(int count) {
      long needed = (long) (size + count) * wordsPerValue;
      if (needed > words.length) {
        words = Arrays.copyOf(words, Capacity.grown(words.length, needed, Long.BYTES));
      }
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void append(Column source, int row) {
      switch (source) {
        case WideColumn w -> add(w.words, row * wordsPerValue);
        case ConstColumn c -> append(c.value(), 0);
        case LowCardinalityColumn l -> append(l.dictionary(), l.indexes()[row]);
        case NullableColumn n -> append(n.values(), row);
        case SparseColumn s -> append(s.slice(row, 1).full(), 0);
        default -> throw new IllegalArgumentException("no wide values in " + source.getClass());
      }
    }

    @Override
    public void appendRange(Column source, int from, int length) {
      if (source instanceof WideColumn w) {
        reserve(length);
        System.arraycopy(
            w.words, from * wordsPerValue, words, size * wordsPerValue, length * wordsPerValue);
        size += length;
      } else {
        for (int i = 0; i < length; i++) {
          append(source, from + i);
        }
      }
    }

    @Override
    public void appendDefault(int count) {
      reserve(count);
      Arrays.fill(words, size * wordsPerValue, (size + count) * wordsPerValue, 0L);
      size += count;
    }

    @Override
    public void truncate(int newSize) {
      size = newSize;
    }

    @Override
    public long retainedBytes() {
      return 8L * words.length;
    }

    @Override
    public WideColumn build() {
      var built = new WideColumn(words, wordsPerValue, size);
      words = new long[8];
      size = 0;
      return built;
    }
  }
}
