package io.longhouse.function.number;

import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Scratch;

/** Takes doubles and keeps them as Float64, Float32 or BFloat16; used like {@link LongSink}. */
public final class DoubleSink {
  private final int rows;
  private final float[] floats;
  private final short[] shorts;
  private final double[] target;
  private final int width;
  private int at;

  /**
   * @param width 8, 4 or 2
   */
  public DoubleSink(int width, int rows) {
    this.width = width;
    this.rows = rows;
    floats = new float[width == 4 ? rows : 0];
    shorts = new short[width == 2 ? rows : 0];
    target = Scratch.doubles(width == 8 ? rows : Math.min(rows, LongOperand.CHUNK));
  }

  public double[] target() {
    return target;
  }

  public int offset() {
    return width == 8 ? at : 0;
  }

  /** Takes the first {@code n} values of the target. */
  public void advance(int n) {
    if (width == 4) {
      for (int i = 0; i < n; i++) {
        floats[at + i] = (float) target[i];
      }
    } else if (width == 2) {
      for (int i = 0; i < n; i++) {
        shorts[at + i] = toBFloat16((float) target[i]);
      }
    }
    at += n;
  }

  /** The upper half of the number: digits are cut off, not rounded; NaN stays one. */
  public static short toBFloat16(float v) {
    int bits = Float.floatToRawIntBits(v);
    return (short) (Float.isNaN(v) ? bits >>> 16 | 0x40 : bits >>> 16);
  }

  public Column build() {
    return switch (width) {
      case 2 -> new Int16Column(shorts, rows);
      case 4 -> new Float32Column(floats, rows);
      default -> new Float64Column(target, rows);
    };
  }
}
