package io.longhouse.function.number;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.Numbers;

/**
 * Whole numbers of any width as {@code words} longs each, the least significant first; used like
 * {@link LongOperand}, with {@link #offset} counted in longs.
 */
public final class WideOperand {
  private final Column column;
  private final boolean signed;
  private final int words;
  private final long[] array;
  private final boolean constant;
  private final long[] narrow;
  private int offset;

  public WideOperand(Column column, boolean signed, int words, int rows) {
    this.signed = signed;
    this.words = words;
    this.constant = column instanceof ConstColumn;
    this.column = column instanceof ConstColumn c ? c.value().plain() : column.plain();
    int chunk = Math.max(1, Math.min(rows, LongOperand.CHUNK));
    if (!constant && isExact()) {
      this.array = ((WideColumn) this.column).words();
      this.narrow = new long[0];
    } else {
      this.array = new long[chunk * words];
      this.narrow = new long[chunk];
      if (constant) {
        widen(0, 1);
        for (int i = 1; i < chunk; i++) {
          System.arraycopy(array, 0, array, i * words, words);
        }
      }
    }
  }

  private boolean isExact() {
    return column instanceof WideColumn w && w.wordsPerValue() == words;
  }

  public boolean isConstant() {
    return constant;
  }

  /** Makes {@code length} rows, at most {@link LongOperand#CHUNK}, available. */
  public void load(int from, int length) {
    if (constant) {
      return;
    }
    if (isExact()) {
      offset = from * words;
    } else {
      widen(from, length);
    }
  }

  private void widen(int from, int length) {
    if (column instanceof WideColumn w) {
      int have = w.wordsPerValue();
      for (int i = 0; i < length; i++) {
        WideWords.copy(w.words(), (from + i) * have, have, array, i * words, words, signed);
      }
      return;
    }
    if (column instanceof FixedBytesColumn f) {
      for (int i = 0; i < length; i++) {
        WideWords.fromBigEndian(f.bytes(), (from + i) * 16, array, i * words, words);
      }
      return;
    }
    Numbers.toLongs(column, from, length, signed, narrow);
    for (int i = 0; i < length; i++) {
      long v = narrow[i];
      long fill = signed ? v >> 63 : 0;
      array[i * words] = v;
      for (int k = 1; k < words; k++) {
        array[i * words + k] = fill;
      }
    }
  }

  public long[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }
}
