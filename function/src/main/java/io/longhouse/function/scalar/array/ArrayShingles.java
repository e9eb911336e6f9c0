package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Neighbouring elements together. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayShingles",
    category = "Array",
    doc = "All runs of n neighbouring elements.")
final class ArrayShingles implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayShingles", arguments).count(2);
    boolean signed = s.integer(1).signed();
    return Resolved.throwing(
        new ArrayType(s.array(0)),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          long[] lengths = Rows.longs(c[1], signed);
          int mask = Rows.mask(c[1]);
          int[] o = a.offsets();
          int[] outer = new int[rows + 1];
          long total = 0;
          for (int r = 0; r < rows; r++) {
            int n = o[r + 1] - o[r];
            long k = lengths[r & mask];
            if (k < 1) {
              throw bad("must be a positive integer");
            }
            if (k > n) {
              throw bad("must less or equal than the array length");
            }
            outer[r + 1] = outer[r] + (int) (n - k + 1);
            total += (n - k + 1) * k;
          }
          int[] picks = new int[Math.toIntExact(total)];
          int[] inner = new int[outer[rows] + 1];
          int at = 0;
          for (int r = 0; r < rows; r++) {
            int k = (int) lengths[r & mask];
            for (int i = outer[r]; i < outer[r + 1]; i++) {
              int first = o[r] + i - outer[r];
              for (int j = 0; j < k; j++) {
                picks[at++] = first + j;
              }
              inner[i + 1] = at;
            }
          }
          var runs = new ArrayColumn(inner, a.elements().gather(picks, at), outer[rows]);
          return new ArrayColumn(outer, runs, rows);
        });
  }

  private static LonghouseException bad(String what) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Shingle argument of function arrayShingles " + what);
  }
}
