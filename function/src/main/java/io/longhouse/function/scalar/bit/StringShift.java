package io.longhouse.function.scalar.bit;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * Strings moved by bits. A String grows to the left so that no bit is lost and loses empty bytes on
 * the way right; a FixedString keeps its width.
 */
record StringShift(DataType resultType, NumberShape steps, boolean left) implements ScalarFunction {
  @Override
  public boolean mayThrow() {
    return true;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    Column text = arguments[0].full();
    var by = new LongOperand(arguments[1], steps.signed(), rows);
    boolean fixed = resultType instanceof FixedStringType;
    int width = resultType instanceof FixedStringType t ? t.width() : 0;
    byte[] fixedOut = new byte[rows * width];
    var out = new StringColumn.Builder(fixed ? 0 : rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      by.load(from, n);
      for (int k = 0; k < n; k++) {
        int r = from + k;
        long shift = by.array()[by.offset() + k];
        byte[] bytes;
        int start;
        int length;
        if (text instanceof FixedBytesColumn f) {
          bytes = f.bytes();
          start = r * width;
          length = width;
        } else {
          var s = (StringColumn) text;
          bytes = s.bytes();
          start = s.offsets()[r];
          length = s.lengthAt(r);
        }
        if (shift < 0 || shift > length * 8L) {
          throw new LonghouseException(
              ErrorCode.ARGUMENT_OUT_OF_BOUND,
              "The number of shift positions needs to be a non-negative value and less or equal to"
                  + " the bit width of the value to shift");
        }
        byte[] moved =
            fixed
                ? keep(bytes, start, length, (int) shift)
                : move(bytes, start, length, (int) shift);
        if (fixed) {
          System.arraycopy(moved, 0, fixedOut, r * width, width);
        } else {
          out.add(moved);
        }
      }
    }
    return fixed ? new FixedBytesColumn(fixedOut, width, rows) : out.build();
  }

  /** Bit {@code at} of a string, counted from its front; 0 outside. */
  private static int bit(byte[] b, int start, int length, long at) {
    return at < 0 || at >= length * 8L ? 0 : b[start + (int) (at >> 3)] >> 7 - (int) (at & 7) & 1;
  }

  private byte[] keep(byte[] b, int start, int length, int shift) {
    byte[] out = new byte[length];
    for (int i = 0; i < length * 8; i++) {
      int from = left ? i + shift : i - shift;
      out[i >> 3] |= (byte) (bit(b, start, length, from) << 7 - (i & 7));
    }
    return out;
  }

  private byte[] move(byte[] b, int start, int length, int shift) {
    if (shift == length * 8) {
      return new byte[0];
    }
    int bytes = left ? length + (shift + 7) / 8 : length - shift / 8;
    byte[] out = new byte[bytes];
    // The last bit of the result is bit `last` of the source.
    long last = left ? length * 8L - 1 + shift : length * 8L - 1 - shift;
    for (int i = 0; i < bytes * 8; i++) {
      long from = last - (bytes * 8L - 1 - i);
      out[i >> 3] |= (byte) (bit(b, start, length, from) << 7 - (i & 7));
    }
    if (left && bytes > 0 && out[0] == 0 && shift % 8 != 0) {
      return java.util.Arrays.copyOfRange(out, 1, bytes);
    }
    return out;
  }
}
