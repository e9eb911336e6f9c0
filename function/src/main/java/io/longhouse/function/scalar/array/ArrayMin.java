package io.longhouse.function.scalar.array;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.NothingType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** The smallest or largest value. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayMin",
    category = "Array",
    doc = "The smallest element, or the smallest value that a lambda gives; the default for none.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayMax",
    category = "Array",
    doc = "The largest element, or the largest value that a lambda gives; the default for none.")
final class ArrayMin extends ArrayLambda {
  ArrayMin(String name) {
    super(name);
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    if (lambdaResult instanceof NothingType || !lambdaResult.isComparable()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "array aggregation function cannot be performed on type " + lambdaResult.name());
    }
    int direction = name.equals("arrayMax") ? 1 : -1;
    return new OverElements(
        name,
        lambdaResult,
        (results, first, rows) -> {
          int[] o = first.offsets();
          int[] best = new int[rows];
          if (lambdaResult.hasOrderLongs() && !(lambdaResult instanceof FloatType)) {
            byLongs(lambdaResult, results, o, direction, best, rows);
          } else {
            byOrder(lambdaResult, results, o, direction, best, rows);
          }
          return Picker.gatherOrDefault(lambdaResult, results, best, rows);
        });
  }

  private static void byLongs(
      DataType type, Column values, int[] o, int direction, int[] best, int rows) {
    long[] v = new long[o[rows]];
    type.orderLongs(values, 0, v.length, v);
    for (int r = 0; r < rows; r++) {
      int at = o[r] < o[r + 1] ? o[r] : Picker.DEFAULT;
      for (int i = o[r] + 1; i < o[r + 1]; i++) {
        if (direction > 0 ? v[i] > v[at] : v[i] < v[at]) {
          at = i;
        }
      }
      best[r] = at;
    }
  }

  private static void byOrder(
      DataType type, Column values, int[] o, int direction, int[] best, int rows) {
    for (int r = 0; r < rows; r++) {
      int at = o[r] < o[r + 1] ? o[r] : Picker.DEFAULT;
      for (int i = o[r] + 1; i < o[r + 1]; i++) {
        // NaN and NULL lose in both directions.
        if (type.compare(values, i, values, at, -direction) * direction > 0) {
          at = i;
        }
      }
      best[r] = at;
    }
  }
}
