package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.Widening;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.List;

/** Whether an array holds another's elements: all, any, or all in a row. NULL equals NULL. */
@Register(
    kind = FunctionFactory.class,
    name = "hasAll",
    category = "Array",
    doc = "Whether every element of the second array is in the first.")
@Register(
    kind = FunctionFactory.class,
    name = "hasAny",
    category = "Array",
    doc = "Whether the arrays have an element in common.")
@Register(
    kind = FunctionFactory.class,
    name = "hasSubstr",
    category = "Array",
    doc = "Whether the second array's elements stand in the first in the same order, side by side.")
final class HasAll implements FunctionFactory {
  private final String name;

  HasAll(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    DataType left = s.array(0).element();
    DataType right = s.array(1).element();
    DataType common = CommonType.of(left, right);
    return Resolved.of(
        IntegerType.UINT8,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          ArrayColumn b = Rows.array(c[1]);
          int[] ids =
              ValueIds.of(
                      Widening.widen(Rows.elements(a), left, common),
                      Widening.widen(Rows.elements(b), right, common))
                  .ids();
          int behind = a.offsets()[rows];
          byte[] out =
              name.equals("hasSubstr")
                  ? sequence(ids, a.offsets(), b.offsets(), behind, rows)
                  : members(ids, a.offsets(), b.offsets(), behind, rows);
          return new Int8Column(out, rows);
        });
  }

  private byte[] members(int[] ids, int[] a, int[] b, int behind, int rows) {
    boolean all = name.equals("hasAll");
    int[] seenIn = new int[ids.length + 1];
    Arrays.fill(seenIn, -1);
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      for (int i = a[r]; i < a[r + 1]; i++) {
        seenIn[ids[i]] = r;
      }
      int found = 0;
      for (int i = behind + b[r]; i < behind + b[r + 1]; i++) {
        found += seenIn[ids[i]] == r ? 1 : 0;
      }
      out[r] = (byte) (all ? found == b[r + 1] - b[r] ? 1 : 0 : found > 0 ? 1 : 0);
    }
    return out;
  }

  private static byte[] sequence(int[] ids, int[] a, int[] b, int behind, int rows) {
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      int n = b[r + 1] - b[r];
      int from = behind + b[r];
      boolean found = n == 0;
      for (int i = a[r]; !found && i + n <= a[r + 1]; i++) {
        found = Arrays.equals(ids, i, i + n, ids, from, from + n);
      }
      out[r] = (byte) (found ? 1 : 0);
    }
    return out;
  }
}
