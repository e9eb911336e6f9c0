package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.Scratch;
import io.longhouse.column.type.Numbers;
import java.util.Arrays;

/** Columns of numbers as arrays of one width, and single values as words. */
public final class Values {
  private static final int PIECE_ROWS = 1024;

  private Values() {}

  /** Integers widened with their sign or with zeros; not to be written. */
  public static long[] longs(Column column, boolean signed, int rows) {
    if (column instanceof Int64Column c) {
      return c.values();
    }
    long[] out = Scratch.longs(rows);
    if (column instanceof ConstColumn k) {
      Arrays.fill(out, longs(k.value(), signed, 1)[0]);
    } else {
      Numbers.toLongs(column, 0, rows, signed, out);
    }
    return out;
  }

  /** Numbers widened to doubles; not to be written. */
  public static double[] doubles(Column column, NumberLayout layout, int rows) {
    if (column instanceof Float64Column c) {
      return c.values();
    }
    double[] out = Scratch.doubles(rows);
    if (column instanceof ConstColumn k) {
      Arrays.fill(out, doubles(k.value(), layout, 1)[0]);
    } else if (layout.floating() && layout.bytes() == 2) {
      short[] v = ((Int16Column) column).values();
      for (int i = 0; i < rows; i++) {
        out[i] = Float.intBitsToFloat(v[i] << 16);
      }
    } else {
      Numbers.toDoubles(column, 0, rows, layout.signed(), out);
    }
    return out;
  }

  /** The bits of values of at most 8 bytes, without sign; not to be written. */
  public static long[] bits(Column column, int rows) {
    switch (column) {
      case Int64Column c -> {
        return c.values();
      }
      case Float64Column c -> {
        long[] out = new long[rows];
        double[] v = c.values();
        for (int i = 0; i < rows; i++) {
          out[i] = Double.doubleToRawLongBits(v[i]);
        }
        return out;
      }
      case Float32Column c -> {
        long[] out = new long[rows];
        float[] v = c.values();
        for (int i = 0; i < rows; i++) {
          out[i] = Float.floatToRawIntBits(v[i]) & 0xFFFFFFFFL;
        }
        return out;
      }
      case ConstColumn k -> {
        long[] out = new long[rows];
        Arrays.fill(out, bits(k.value(), 1)[0]);
        return out;
      }
      default -> {
        long[] out = new long[rows];
        Numbers.toLongs(column, 0, rows, false, out);
        return out;
      }
    }
  }

  /** What takes words a piece at a time. */
  public interface Piece {
    /** Takes words {@code [from, to)}, which are not to be written nor kept. */
    void take(long[] words, int from, int to);
  }

  /**
   * Hands on the bits of values of at most 8 bytes, integers with their sign or with zeros; narrow
   * ones in pieces that stay in the nearest cache.
   */
  public static void eachPiece(Column column, boolean signed, int rows, Piece piece) {
    switch (column) {
      case Int8Column _, Int16Column _, Int32Column _ -> {
        long[] words = Scratch.longs(PIECE_ROWS);
        for (int from = 0; from < rows; from += PIECE_ROWS) {
          int n = Math.min(PIECE_ROWS, rows - from);
          Numbers.toLongs(column, from, n, signed, words);
          piece.take(words, 0, n);
        }
      }
      case ConstColumn k -> eachPiece(k.value(), signed, Math.min(1, rows), piece);
      default -> piece.take(bits(column, rows), 0, rows);
    }
  }

  /** Longs in the values' order, as {@link NumberLayout#order} makes them; not to be written. */
  public static long[] orders(Column column, NumberLayout layout, int rows) {
    if (!layout.floating() && layout.signed()) {
      return longs(column, true, rows);
    }
    long[] v = bits(column, rows);
    long[] out = new long[rows];
    if (!layout.floating()) {
      for (int i = 0; i < rows; i++) {
        out[i] = v[i] ^ Long.MIN_VALUE;
      }
    } else {
      for (int i = 0; i < rows; i++) {
        out[i] = layout.order(v[i]);
      }
    }
    return out;
  }

  /** The lowest {@code bytes} bytes. */
  public static long truncate(long v, int bytes) {
    return bytes >= 8 ? v : v & (1L << 8 * bytes) - 1;
  }

  /** The number that the bits of a float of 2, 4 or 8 bytes stand for. */
  public static double floatOfBits(long bits, int bytes) {
    return switch (bytes) {
      case 2 -> Float.intBitsToFloat((int) bits << 16);
      case 4 -> Float.intBitsToFloat((int) bits);
      default -> Double.longBitsToDouble(bits);
    };
  }

  public static long bitsOfFloat(double v, int bytes) {
    return switch (bytes) {
      case 2 -> Float.floatToRawIntBits((float) v) >>> 16;
      case 4 -> Float.floatToRawIntBits((float) v) & 0xFFFFFFFFL;
      default -> Double.doubleToRawLongBits(v);
    };
  }

  /** Writes the lowest {@code bytes} bytes, the least significant first. */
  public static void write(long bits, int bytes, ByteWriter out) {
    switch (bytes) {
      case 1 -> out.writeByte((int) bits);
      case 2 -> out.writeShort((int) bits);
      case 4 -> out.writeInt((int) bits);
      default -> out.writeLong(bits);
    }
  }

  /** Reads a value of that many bytes, without sign. */
  public static long read(int bytes, ByteReader in) {
    return switch (bytes) {
      case 1 -> in.readByte() & 0xFF;
      case 2 -> in.readShort() & 0xFFFF;
      case 4 -> in.readInt() & 0xFFFFFFFFL;
      default -> in.readLong();
    };
  }

  /** Adds a value given as bits to a builder of a layout of at most 8 bytes. */
  public static void append(long bits, ColumnBuilder out) {
    switch (out) {
      case Int8Column.Builder b -> b.add((byte) bits);
      case Int16Column.Builder b -> b.add((short) bits);
      case Int32Column.Builder b -> b.add((int) bits);
      case Int64Column.Builder b -> b.add(bits);
      case Float32Column.Builder b -> b.add(Float.intBitsToFloat((int) bits));
      case Float64Column.Builder b -> b.add(Double.longBitsToDouble(bits));
      default -> throw new IllegalArgumentException("no words in " + out.getClass());
    }
  }

  /** Adds a double to a builder of Float64. */
  public static void append(double v, ColumnBuilder out) {
    ((Float64Column.Builder) out).add(v);
  }
}
