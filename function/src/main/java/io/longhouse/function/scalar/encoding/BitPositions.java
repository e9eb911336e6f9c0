package io.longhouse.function.scalar.encoding;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.NumberColumns;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The bits of a number that are set. */
@Register(
    kind = FunctionFactory.class,
    name = "bitmaskToArray",
    category = "Encoding",
    doc = "The powers of two that a number is the sum of.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmaskToList",
    category = "Encoding",
    doc = "The powers of two that a number is the sum of, as text with commas.")
@Register(
    kind = FunctionFactory.class,
    name = "bitPositionsToArray",
    category = "Encoding",
    doc = "The places of the bits that are set, from 0.")
final class BitPositions implements FunctionFactory {
  private final String name;

  BitPositions(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    IntegerType t = new Signature(name, arguments).count(1).integer(0);
    return switch (name) {
      case "bitmaskToArray" ->
          Resolved.of(new ArrayType(t), (c, rows) -> bits(c[0], t, false, t.bytes(), rows));
      case "bitPositionsToArray" ->
          Resolved.of(new ArrayType(IntegerType.UINT64), (c, rows) -> bits(c[0], t, true, 8, rows));
      default -> Resolved.of(StringType.TYPE, (c, rows) -> list(c[0], t, rows));
    };
  }

  private static Column bits(Column c, IntegerType t, boolean places, int bytes, int rows) {
    long[] v = Rows.longs(c.full(), false);
    int[] offsets = new int[rows + 1];
    long[] out = new long[Math.max(8, rows * 4)];
    int n = 0;
    for (int r = 0; r < rows; r++) {
      for (long x = v[r]; x != 0; x &= x - 1) {
        if (n == out.length) {
          out = Arrays.copyOf(out, n * 2);
        }
        out[n++] = places ? Long.numberOfTrailingZeros(x) : Long.lowestOneBit(x);
      }
      offsets[r + 1] = n;
    }
    return new ArrayColumn(offsets, NumberColumns.narrowed(out, n, bytes), rows);
  }

  private static Column list(Column c, IntegerType t, int rows) {
    long[] v = Rows.longs(c.full(), false);
    var out = new StringRows.Text(rows, rows * 8);
    long sign = t.signed() ? 1L << t.bytes() * 8 - 1 : 0;
    for (int r = 0; r < rows; r++) {
      for (long x = v[r]; x != 0; x &= x - 1) {
        long bit = Long.lowestOneBit(x);
        String text = (bit == sign ? "-" : "") + Long.toUnsignedString(bit);
        if (out.length() > 0) {
          out.add(',');
        }
        out.add(text.getBytes(StandardCharsets.US_ASCII));
      }
      out.endRow();
    }
    return out.build();
  }
}
