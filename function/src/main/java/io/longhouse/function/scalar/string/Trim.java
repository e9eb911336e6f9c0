package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** Strings without spaces, or other characters, at their ends. */
@Register(
    kind = FunctionFactory.class,
    name = "trimBoth",
    aliases = "trim",
    category = "String",
    doc = "The string without spaces, or given characters, at both ends.")
@Register(
    kind = FunctionFactory.class,
    name = "trimLeft",
    aliases = "ltrim",
    category = "String",
    doc = "The string without spaces, or given characters, at its beginning.")
@Register(
    kind = FunctionFactory.class,
    name = "trimRight",
    aliases = "rtrim",
    category = "String",
    doc = "The string without spaces, or given characters, at its end.")
final class Trim implements FunctionFactory {
  private final String name;

  Trim(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).between(1, 2).string(0);
    boolean[] trimmed = new boolean[256];
    if (s.size() == 2) {
      for (byte b : s.string(1).constantBytes(1)) {
        trimmed[b & 0xFF] = true;
      }
    } else {
      trimmed[' '] = true;
    }
    boolean left = !name.equals("trimRight");
    boolean right = !name.equals("trimLeft");
    return Resolved.of(
        StringType.TYPE, (c, rows) -> trim(Rows.bytes(c[0]), trimmed, left, right, rows));
  }

  private static Column trim(
      Rows.Bytes text, boolean[] trimmed, boolean left, boolean right, int rows) {
    byte[] b = text.bytes();
    int[] starts = new int[rows];
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      int to = text.to(r);
      while (left && from < to && trimmed[b[from] & 0xFF]) {
        from++;
      }
      while (right && from < to && trimmed[b[to - 1] & 0xFF]) {
        to--;
      }
      starts[r] = from;
      offsets[r + 1] = offsets[r] + to - from;
    }
    byte[] out = new byte[offsets[rows]];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(b, starts[r], out, offsets[r], offsets[r + 1] - offsets[r]);
    }
    return new StringColumn(offsets, out, rows);
  }
}
