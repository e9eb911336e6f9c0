package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
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

/** {@code char(n, ...)}. */
@Register(
    kind = FunctionFactory.class,
    name = "char",
    caseInsensitive = true,
    category = "Encoding",
    doc = "A string of bytes given as numbers, of which the low 8 bits count.")
final class Char implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("char", arguments).atLeast(1);
    for (int i = 0; i < s.size(); i++) {
      if (!(s.type(i) instanceof FloatType)
          && !(s.type(i) instanceof IntegerType t && t.bytes() <= 8)) {
        throw s.illegal(i, "must be a number");
      }
    }
    return Resolved.of(StringType.TYPE, Char::bytes);
  }

  private static Column bytes(Column[] c, int rows) {
    int n = c.length;
    byte[] out = new byte[Math.multiplyExact(n, rows)];
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      offsets[r + 1] = (r + 1) * n;
    }
    for (int k = 0; k < n; k++) {
      int mask = Rows.mask(c[k]);
      long[] v = integers(c[k]);
      for (int r = 0; r < rows; r++) {
        out[r * n + k] = (byte) v[r & mask];
      }
    }
    return new StringColumn(offsets, out, rows);
  }

  private static long[] integers(Column c) {
    Column one = c instanceof io.longhouse.column.ConstColumn k ? k.value() : c;
    if (!(one instanceof Float32Column) && !(one instanceof Float64Column)) {
      return Rows.longs(c, true);
    }
    double[] d = Rows.doubles(c, true);
    long[] out = new long[d.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (long) d[i];
    }
    return out;
  }
}
