package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
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

/** Size of the intersection by size of the union. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayJaccardIndex",
    category = "Array",
    doc = "How alike two arrays are as sets: values in both by values in either.")
final class ArrayJaccard implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayJaccardIndex", arguments).count(2);
    DataType left = s.array(0).element();
    DataType right = s.array(1).element();
    DataType common = CommonType.of(left, right);
    return Resolved.of(
        FloatType.FLOAT64,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          ArrayColumn b = Rows.array(c[1]);
          ValueIds ids =
              ValueIds.of(
                  Widening.widen(Rows.elements(a), left, common),
                  Widening.widen(Rows.elements(b), right, common));
          return index(ids, a.offsets(), b.offsets(), rows);
        });
  }

  private static Column index(ValueIds ids, int[] a, int[] b, int rows) {
    int behind = a[rows];
    int[] inLeft = new int[ids.distinct()];
    int[] inRight = new int[ids.distinct()];
    Arrays.fill(inLeft, -1);
    Arrays.fill(inRight, -1);
    double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      int left = 0;
      int right = 0;
      int both = 0;
      for (int i = a[r]; i < a[r + 1]; i++) {
        int id = ids.ids()[i];
        left += inLeft[id] == r ? 0 : 1;
        inLeft[id] = r;
      }
      for (int i = behind + b[r]; i < behind + b[r + 1]; i++) {
        int id = ids.ids()[i];
        if (inRight[id] != r) {
          inRight[id] = r;
          right++;
          both += inLeft[id] == r ? 1 : 0;
        }
      }
      out[r] = (double) both / (left + right - both);
    }
    return new Float64Column(out, rows);
  }
}
