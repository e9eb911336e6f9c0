package io.longhouse.function.scalar.array;

import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.registry.Register;
import java.util.List;

/** For how many elements, and for which, a condition holds. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayExists",
    category = "Array",
    doc = "Whether a condition holds for any element.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayAll",
    category = "Array",
    doc = "Whether a condition holds for every element.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayCount",
    category = "Array",
    doc = "For how many elements a condition holds.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayFirstIndex",
    category = "Array",
    doc = "The index from 1 of the first element for which a condition holds; 0 for none.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayLastIndex",
    category = "Array",
    doc = "The index from 1 of the last element for which a condition holds; 0 for none.")
final class ArrayExists extends ArrayLambda {
  ArrayExists(String name) {
    super(name);
  }

  @Override
  boolean lambdaIsOptional() {
    return !name.endsWith("Index");
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    requireCondition(lambdaResult);
    boolean flag = name.equals("arrayExists") || name.equals("arrayAll");
    return new OverElements(
        name,
        flag ? IntegerType.UINT8 : IntegerType.UINT32,
        (results, first, rows) -> {
          byte[] holds = holds(results, first.offsets()[rows]);
          int[] o = first.offsets();
          return switch (name) {
            case "arrayExists" -> flags(counts(holds, o, rows), null, rows);
            case "arrayAll" -> flags(counts(holds, o, rows), o, rows);
            case "arrayCount" -> new Int32Column(counts(holds, o, rows), rows);
            default ->
                new Int32Column(indexes(holds, o, name.equals("arrayLastIndex"), rows), rows);
          };
        });
  }

  private static int[] counts(byte[] holds, int[] o, int rows) {
    int[] out = new int[rows];
    for (int r = 0; r < rows; r++) {
      int n = 0;
      for (int i = o[r]; i < o[r + 1]; i++) {
        n += holds[i] != 0 ? 1 : 0;
      }
      out[r] = n;
    }
    return out;
  }

  /** Whether there is any, or, with offsets, whether there are as many as elements. */
  private static Column flags(
      int[] counts, int @org.jspecify.annotations.Nullable [] all, int rows) {
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      boolean yes = all == null ? counts[r] > 0 : counts[r] == all[r + 1] - all[r];
      out[r] = (byte) (yes ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  /** For each row the index from 1 of the first or last element that holds, or 0. */
  static int[] indexes(byte[] holds, int[] o, boolean last, int rows) {
    int[] out = new int[rows];
    for (int r = 0; r < rows; r++) {
      int from = o[r];
      int to = o[r + 1];
      if (last) {
        int i = to - 1;
        while (i >= from && holds[i] == 0) {
          i--;
        }
        out[r] = i - from + 1;
      } else {
        int i = from;
        while (i < to && holds[i] == 0) {
          i++;
        }
        out[r] = i < to ? i - from + 1 : 0;
      }
    }
    return out;
  }
}
