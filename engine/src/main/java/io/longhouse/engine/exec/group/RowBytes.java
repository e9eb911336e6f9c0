package io.longhouse.engine.exec.group;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.WideColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Rows of several columns as bytes, equal where the rows are, written column by column: the widths
 * of all values first, then the values. A string is its length in 4 bytes, then its bytes; a
 * Nullable is a byte, then its value or zeros.
 */
final class RowBytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 12];
  private final int[] starts = new int[ByteKeys.BATCH + 1];
  private final int[] at = new int[ByteKeys.BATCH];

  byte[] bytes() {
    return bytes;
  }

  /** Where each row begins, and behind the last one the end. */
  int[] starts() {
    return starts;
  }

  /** Packs rows {@code [from, from + n)} of full columns; n is a batch at most. */
  void pack(Column[] columns, int from, int n) {
    for (Column c : columns) {
      if (!isFlat(c)) {
        packOneByOne(columns, from, n);
        return;
      }
    }
    java.util.Arrays.fill(starts, 0);
    for (Column c : columns) {
      addWidths(c, from, n);
    }
    for (int i = 0; i < n; i++) {
      starts[i + 1] = Math.addExact(starts[i], starts[i + 1]);
      at[i] = starts[i];
    }
    if (bytes.length < starts[n] + 8) {
      bytes = new byte[Math.addExact(starts[n], starts[n] / 2 + 8)];
    }
    for (Column c : columns) {
      write(c, from, n);
    }
  }

  /** Whether the column's values are numbers, bytes or strings, at most inside Nullable. */
  private static boolean isFlat(Column c) {
    return switch (c) {
      case NullableColumn n -> isFlat(n.values());
      case LowCardinalityColumn l -> isFlat(l.dictionary());
      default -> c instanceof StringColumn || width(c) > 0;
    };
  }

  private static int width(Column c) {
    return switch (c) {
      case Int8Column _ -> 1;
      case Int16Column _ -> 2;
      case Int32Column _, Float32Column _ -> 4;
      case Int64Column _, Float64Column _ -> 8;
      case WideColumn w -> 8 * w.wordsPerValue();
      case FixedBytesColumn f -> f.width();
      default -> 0;
    };
  }

  /** Adds the widths of row i to {@code starts[i + 1]}. */
  private void addWidths(Column c, int from, int n) {
    switch (c) {
      case StringColumn s -> {
        int[] o = s.offsets();
        for (int i = 0; i < n; i++) {
          starts[i + 1] += 4 + o[from + i + 1] - o[from + i];
        }
      }
      case NullableColumn v -> {
        addWidth(1, n);
        if (v.values() instanceof StringColumn s) {
          addNullableWidths(s, v.nulls(), from, n);
        } else {
          addWidths(v.values(), from, n);
        }
      }
      case LowCardinalityColumn l -> addWidths(rows(l, from, n), 0, n);
      default -> addWidth(width(c), n);
    }
  }

  private void addNullableWidths(StringColumn s, byte[] nulls, int from, int n) {
    int[] o = s.offsets();
    for (int i = 0; i < n; i++) {
      starts[i + 1] += 4 + (nulls[from + i] == 0 ? o[from + i + 1] - o[from + i] : 0);
    }
  }

  private static Column rows(LowCardinalityColumn l, int from, int n) {
    return l.slice(from, n).plain();
  }

  private void addWidth(int width, int n) {
    for (int i = 0; i < n; i++) {
      starts[i + 1] += width;
    }
  }

  private void write(Column c, int from, int n) {
    byte[] b = bytes;
    switch (c) {
      case Int8Column v -> {
        for (int i = 0; i < n; i++) {
          b[at[i]++] = v.values()[from + i];
        }
      }
      case Int16Column v -> {
        for (int i = 0; i < n; i++) {
          SHORT.set(b, at[i], v.values()[from + i]);
          at[i] += 2;
        }
      }
      case Int32Column v -> {
        for (int i = 0; i < n; i++) {
          INT.set(b, at[i], v.values()[from + i]);
          at[i] += 4;
        }
      }
      case Int64Column v -> {
        for (int i = 0; i < n; i++) {
          LONG.set(b, at[i], v.values()[from + i]);
          at[i] += 8;
        }
      }
      case Float32Column v -> {
        for (int i = 0; i < n; i++) {
          INT.set(b, at[i], Float.floatToIntBits(v.values()[from + i] + 0.0f));
          at[i] += 4;
        }
      }
      case Float64Column v -> {
        for (int i = 0; i < n; i++) {
          LONG.set(b, at[i], Double.doubleToLongBits(v.values()[from + i] + 0.0));
          at[i] += 8;
        }
      }
      case WideColumn v -> {
        int w = v.wordsPerValue();
        for (int i = 0; i < n; i++) {
          for (int k = 0; k < w; k++) {
            LONG.set(b, at[i] + 8 * k, v.words()[(from + i) * w + k]);
          }
          at[i] += 8 * w;
        }
      }
      case FixedBytesColumn v -> {
        int w = v.width();
        for (int i = 0; i < n; i++) {
          System.arraycopy(v.bytes(), (from + i) * w, b, at[i], w);
          at[i] += w;
        }
      }
      case StringColumn v -> writeStrings(v, from, n);
      case NullableColumn v -> writeNullable(v, from, n);
      case LowCardinalityColumn v -> write(rows(v, from, n), 0, n);
      default -> throw new IllegalStateException("not flat");
    }
  }

  private void writeStrings(StringColumn v, int from, int n) {
    int[] o = v.offsets();
    for (int i = 0; i < n; i++) {
      writeString(v.bytes(), o[from + i], o[from + i + 1] - o[from + i], i);
    }
  }

  private void writeString(byte[] source, int begin, int length, int i) {
    INT.set(bytes, at[i], length);
    System.arraycopy(source, begin, bytes, at[i] + 4, length);
    at[i] += 4 + length;
  }

  /** Whatever stands under a NULL, zeros are written. */
  private void writeNullable(NullableColumn v, int from, int n) {
    byte[] nulls = v.nulls();
    for (int i = 0; i < n; i++) {
      bytes[at[i]++] = (byte) (nulls[from + i] == 0 ? 0 : 1);
    }
    if (v.values() instanceof StringColumn s) {
      int[] o = s.offsets();
      for (int i = 0; i < n; i++) {
        int begin = o[from + i];
        writeString(s.bytes(), begin, nulls[from + i] == 0 ? o[from + i + 1] - begin : 0, i);
      }
      return;
    }
    write(v.values(), from, n);
    int width = width(v.values());
    for (int i = 0; i < n; i++) {
      if (nulls[from + i] != 0) {
        java.util.Arrays.fill(bytes, at[i] - width, at[i], (byte) 0);
      }
    }
  }

  private void packOneByOne(Column[] columns, int from, int n) {
    var out = new ByteWriter(64 * n);
    for (int i = 0; i < n; i++) {
      for (Column c : columns) {
        ValueBytes.writeDelimited(c, from + i, out);
      }
      starts[i + 1] = out.position();
    }
    bytes = out.buffer();
  }
}
