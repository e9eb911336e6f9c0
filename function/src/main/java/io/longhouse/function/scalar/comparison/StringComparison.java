package io.longhouse.function.scalar.comparison;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.ScalarFunction;
import java.util.Arrays;

/**
 * Two strings by their bytes. A FixedString counts without the zeros at its end.
 *
 * @param fixed whether a side is a FixedString
 */
record StringComparison(CompareOp op, boolean fixed) implements ScalarFunction {
  @Override
  public DataType resultType() {
    return IntegerType.UINT8;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    byte[] out = new byte[rows];
    Column x = arguments[0];
    Column y = arguments[1];
    if (y instanceof ConstColumn c && c.value().plain() instanceof StringColumn s && !fixed) {
      withConstant(op, (StringColumn) x.plain(), s.get(0), out, rows);
    } else if (x instanceof ConstColumn c
        && c.value().plain() instanceof StringColumn s
        && !fixed) {
      withConstant(op.swapped(), (StringColumn) y.plain(), s.get(0), out, rows);
    } else {
      pairs(new Strings(x), new Strings(y), out, rows);
    }
    return new Int8Column(out, rows);
  }

  private static void withConstant(
      CompareOp op, StringColumn column, byte[] constant, byte[] out, int rows) {
    byte[] bytes = column.bytes();
    int[] offsets = column.offsets();
    int length = constant.length;
    if (op.isEquality()) {
      int yes = op == CompareOp.EQUALS ? 1 : 0;
      if (length == 0) {
        for (int r = 0; r < rows; r++) {
          out[r] = (byte) (offsets[r + 1] == offsets[r] ? yes : yes ^ 1);
        }
        return;
      }
      for (int r = 0; r < rows; r++) {
        int from = offsets[r];
        boolean equal =
            offsets[r + 1] - from == length
                && bytes[from] == constant[0]
                && Arrays.equals(bytes, from, from + length, constant, 0, length);
        out[r] = (byte) (equal ? yes : yes ^ 1);
      }
      return;
    }
    for (int r = 0; r < rows; r++) {
      int order = Arrays.compareUnsigned(bytes, offsets[r], offsets[r + 1], constant, 0, length);
      out[r] = (byte) (op.test(order) ? 1 : 0);
    }
  }

  private void pairs(Strings x, Strings y, byte[] out, int rows) {
    if (op.isEquality()) {
      int yes = op == CompareOp.EQUALS ? 1 : 0;
      for (int r = 0; r < rows; r++) {
        boolean equal =
            Arrays.equals(x.bytes, x.from(r), x.to(r, fixed), y.bytes, y.from(r), y.to(r, fixed));
        out[r] = (byte) (equal ? yes : yes ^ 1);
      }
      return;
    }
    for (int r = 0; r < rows; r++) {
      int order =
          Arrays.compareUnsigned(
              x.bytes, x.from(r), x.to(r, fixed), y.bytes, y.from(r), y.to(r, fixed));
      out[r] = (byte) (op.test(order) ? 1 : 0);
    }
  }

  /** Where each row's bytes stand, for String, FixedString and constants of both. */
  private static final class Strings {
    final byte[] bytes;
    final int[] offsets;
    final int width;
    final boolean constant;

    Strings(Column c) {
      constant = c instanceof ConstColumn;
      Column full = c instanceof ConstColumn k ? k.value().plain() : c.plain();
      if (full instanceof FixedBytesColumn f) {
        bytes = f.bytes();
        width = f.width();
        offsets = new int[0];
      } else {
        var s = (StringColumn) full;
        bytes = s.bytes();
        offsets = s.offsets();
        width = -1;
      }
    }

    int from(int row) {
      int r = constant ? 0 : row;
      return width >= 0 ? r * width : offsets[r];
    }

    int to(int row, boolean trim) {
      int r = constant ? 0 : row;
      int end = width >= 0 ? (r + 1) * width : offsets[r + 1];
      if (trim) {
        int from = from(row);
        while (end > from && bytes[end - 1] == 0) {
          end--;
        }
      }
      return end;
    }
  }
}
