package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.List;

/** The order of parts of two strings. */
@Register(
    kind = FunctionFactory.class,
    name = "compareSubstrings",
    category = "String",
    doc = "-1, 0 or 1 for two strings from an offset on: (s1, s2, offset1, offset2, bytes).")
final class CompareSubstrings implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("compareSubstrings", arguments).count(5).string(0).string(1);
    long[] n = new long[3];
    for (int i = 0; i < 3; i++) {
      if (s.integer(2 + i).signed()) {
        throw s.illegal(2 + i, "must be a constant unsigned integer");
      }
      n[i] = s.constantInteger(2 + i);
    }
    return Resolved.of(
        IntegerType.INT8,
        (c, rows) -> compare(Rows.bytes(c[0]), Rows.bytes(c[1]), n[0], n[1], n[2], rows));
  }

  private static Column compare(
      Rows.Bytes a, Rows.Bytes b, long offsetA, long offsetB, long bytes, int rows) {
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      int i = start(a, r, offsetA);
      int j = start(b, r, offsetB);
      int order =
          Arrays.compareUnsigned(
              a.bytes(), i, end(a, r, i, bytes), b.bytes(), j, end(b, r, j, bytes));
      out[r] = (byte) Integer.signum(order);
    }
    return new Int8Column(out, rows);
  }

  private static int start(Rows.Bytes text, int row, long offset) {
    int length = text.to(row) - text.from(row);
    return Long.compareUnsigned(offset, length) >= 0 ? text.to(row) : text.from(row) + (int) offset;
  }

  private static int end(Rows.Bytes text, int row, int start, long bytes) {
    int left = text.to(row) - start;
    return Long.compareUnsigned(bytes, left) >= 0 ? text.to(row) : start + (int) bytes;
  }
}
