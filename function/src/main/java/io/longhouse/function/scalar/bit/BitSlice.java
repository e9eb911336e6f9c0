package io.longhouse.function.scalar.bit;

import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import java.util.List;

/** Some bits of a string. */
@Register(
    kind = FunctionFactory.class,
    name = "bitSlice",
    category = "Bit",
    doc = "The bits of a string from an offset on, counted from 1, zeros filling the last byte.")
final class BitSlice implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("bitSlice", arguments).between(2, 3).string(0);
    boolean signedOffset = s.integer(1).signed();
    boolean signedLength = s.size() > 2 && s.integer(2).signed();
    return Resolved.of(
        StringType.TYPE,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[0]);
          long[] offset = Rows.longs(c[1], signedOffset);
          int offsetMask = Rows.mask(c[1]);
          long[] length = c.length > 2 ? Rows.longs(c[2], signedLength) : new long[1];
          int lengthMask = c.length > 2 ? Rows.mask(c[2]) : 0;
          var out = new StringRows.Text(rows, 0);
          for (int r = 0; r < rows; r++) {
            int from = text.from(r);
            long bits = 8L * (text.to(r) - from);
            long start = offset[r & offsetMask];
            long n = length[r & lengthMask];
            if (start == 0) {
              out.endRow();
              continue;
            }
            long first = start > 0 ? start - 1 : bits + start;
            long end = c.length < 3 ? bits : n < 0 ? bits + n : end(first, n, bits);
            slice(text.bytes(), from, Math.max(0, first), Math.min(end, bits), out);
            out.endRow();
          }
          return out.build();
        });
  }

  private static long end(long first, long length, long bits) {
    return length > bits - first ? bits : first + length;
  }

  private static void slice(byte[] b, int from, long first, long end, StringRows.Text out) {
    for (long bit = first; bit < end; bit += 8) {
      int at = from + (int) (bit >> 3);
      int shift = (int) (bit & 7);
      int value = (b[at] & 0xFF) << shift;
      int left = (int) Math.min(8, end - bit);
      if (shift > 0 && left > 8 - shift) {
        value |= (b[at + 1] & 0xFF) >> 8 - shift;
      }
      out.add(value & 0xFF00 >> left & 0xFF);
    }
  }
}
