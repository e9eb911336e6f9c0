package io.longhouse.function.scalar;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.Numbers;

/**
 * Views of argument columns through which a loop reads a constant and a full column alike: the
 * value of row r stands at {@code r & mask}, the mask being 0 for a constant and -1 otherwise.
 */
public final class Rows {
  private Rows() {}

  /** 0 for a constant, -1 for a column with a value per row. */
  public static int mask(Column c) {
    return c instanceof ConstColumn ? 0 : -1;
  }

  /** Byte strings; row r is {@code bytes[offsets[r & mask] .. offsets[(r & mask) + 1])}. */
  public record Bytes(byte[] bytes, int[] offsets, int mask) {
    public int from(int row) {
      return offsets[row & mask];
    }

    public int to(int row) {
      return offsets[(row & mask) + 1];
    }

    public boolean isConstant() {
      return mask == 0;
    }
  }

  /** String and FixedString (with its zeros) columns. */
  public static Bytes bytes(Column c) {
    Column one = c instanceof ConstColumn k ? k.value().plain() : c.plain();
    return switch (one) {
      case StringColumn s -> new Bytes(s.bytes(), s.offsets(), mask(c));
      case FixedBytesColumn f -> {
        int[] offsets = new int[f.size() + 1];
        for (int i = 0; i < offsets.length; i++) {
          offsets[i] = i * f.width();
        }
        yield new Bytes(f.bytes(), offsets, mask(c));
      }
      default -> throw new IllegalArgumentException("no strings in " + one.getClass());
    };
  }

  /** Integers of at most 8 bytes, widened; one value for a constant. */
  public static long[] longs(Column c, boolean signed) {
    Column one = c instanceof ConstColumn k ? k.value().plain() : c.plain();
    long[] out = new long[one.size()];
    Numbers.toLongs(one, 0, one.size(), signed, out);
    return out;
  }

  /** Numbers as doubles; one value for a constant. */
  public static double[] doubles(Column c, boolean signed) {
    Column one = c instanceof ConstColumn k ? k.value().plain() : c.plain();
    double[] out = new double[one.size()];
    Numbers.toDoubles(one, 0, one.size(), signed, out);
    return out;
  }

  /** An array column with every row its own, a constant repeated. */
  public static ArrayColumn array(Column c) {
    return (ArrayColumn) c.full();
  }

  /** A tuple column, a constant repeated. */
  public static TupleColumn tuple(Column c) {
    return (TupleColumn) c.full();
  }

  /** The elements of exactly the column's rows. */
  public static Column elements(ArrayColumn a) {
    int count = a.offsets()[a.size()];
    Column e = a.elements();
    return (e.size() == count ? e : e.slice(0, count)).full();
  }

  /** Rows 0 to {@code rows - 1}: what a lambda gets as outer rows when it runs once a row. */
  public static int[] identity(int rows) {
    int[] r = new int[rows];
    for (int i = 0; i < rows; i++) {
      r[i] = i;
    }
    return r;
  }
}
