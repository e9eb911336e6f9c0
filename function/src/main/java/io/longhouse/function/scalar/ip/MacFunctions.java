package io.longhouse.function.scalar.ip;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.IntegerType;
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

/** MAC addresses as text and as numbers. */
@Register(
    kind = FunctionFactory.class,
    name = "MACNumToString",
    category = "IP Address",
    doc = "The text of a MAC address given as a number.")
@Register(
    kind = FunctionFactory.class,
    name = "MACStringToNum",
    category = "IP Address",
    doc = "The number of a MAC address given as text; 0 for what is none.")
@Register(
    kind = FunctionFactory.class,
    name = "MACStringToOUI",
    category = "IP Address",
    doc = "The first three bytes of a MAC address given as text, as a number; 0 for what is none.")
final class MacFunctions implements FunctionFactory {
  private static final String HEX = "0123456789ABCDEF";

  private final String name;

  MacFunctions(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    if (name.equals("MACNumToString")) {
      if (!s.type(0).equals(IntegerType.UINT64)) {
        throw s.illegal(0, "must be UInt64");
      }
      return Resolved.of(StringType.TYPE, (c, rows) -> texts(Rows.longs(c[0].full(), false), rows));
    }
    s.string(0);
    int parts = name.equals("MACStringToNum") ? 6 : 3;
    return Resolved.of(IntegerType.UINT64, (c, rows) -> numbers(Rows.bytes(c[0]), parts, rows));
  }

  private static Column texts(long[] v, int rows) {
    var out = new StringRows.Text(rows, rows * 17);
    for (int r = 0; r < rows; r++) {
      for (int shift = 40; shift >= 0; shift -= 8) {
        out.add(HEX.charAt((int) (v[r] >> shift + 4) & 15));
        out.add(HEX.charAt((int) (v[r] >> shift) & 15));
        if (shift > 0) {
          out.add(':');
        }
      }
      out.endRow();
    }
    return out.build();
  }

  private static Column numbers(Rows.Bytes text, int parts, int rows) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      int length = text.to(r) - from;
      // Of a whole address the first parts are taken; a prefix alone must be just as long.
      boolean fits = length == 17 || parts == 3 && length == 8;
      long v = 0;
      for (int k = 0; fits && k < parts; k++) {
        int high = Character.digit(text.bytes()[from + 3 * k], 16);
        int low = Character.digit(text.bytes()[from + 3 * k + 1], 16);
        fits = high >= 0 && low >= 0;
        v = v << 8 | high << 4 | low;
      }
      out[r] = fits ? v : 0;
    }
    return new Int64Column(out, rows);
  }
}
