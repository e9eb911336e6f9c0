package io.longhouse.function.number;

import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.Scratch;

/**
 * Takes longs and keeps the low 1, 2, 4 or 8 bytes of each. A kernel writes up to {@link
 * LongOperand#CHUNK} values into {@link #target} from {@link #offset}, then {@link #advance} takes
 * them.
 */
public final class LongSink {
  private final int rows;
  private final byte[] bytes;
  private final short[] shorts;
  private final int[] ints;
  private final long[] target;
  private final int width;
  private int at;

  public LongSink(int width, int rows) {
    this.width = width;
    this.rows = rows;
    bytes = Scratch.bytes(width == 1 ? rows : 0);
    shorts = new short[width == 2 ? rows : 0];
    ints = Scratch.ints(width == 4 ? rows : 0);
    target = Scratch.longs(width == 8 ? rows : Math.min(rows, LongOperand.CHUNK));
  }

  public long[] target() {
    return target;
  }

  public int offset() {
    return width == 8 ? at : 0;
  }

  /** Takes the first {@code n} values of the target. */
  public void advance(int n) {
    switch (width) {
      case 1 -> {
        for (int i = 0; i < n; i++) {
          bytes[at + i] = (byte) target[i];
        }
      }
      case 2 -> {
        for (int i = 0; i < n; i++) {
          shorts[at + i] = (short) target[i];
        }
      }
      case 4 -> {
        for (int i = 0; i < n; i++) {
          ints[at + i] = (int) target[i];
        }
      }
      default -> {}
    }
    at += n;
  }

  public Column build() {
    return switch (width) {
      case 1 -> new Int8Column(bytes, rows);
      case 2 -> new Int16Column(shorts, rows);
      case 4 -> new Int32Column(ints, rows);
      default -> new Int64Column(target, rows);
    };
  }
}
