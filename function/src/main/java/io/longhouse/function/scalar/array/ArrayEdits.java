package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
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
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** How much must be edited to make one array of another. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayLevenshteinDistance",
    category = "Array",
    doc = "The least number of elements put in, taken out or exchanged between two arrays.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayLevenshteinDistanceWeighted",
    category = "Array",
    doc = "The least weight of elements edited between two arrays: (a, b, weights, weights).")
@Register(
    kind = FunctionFactory.class,
    name = "arraySimilarity",
    category = "Array",
    doc = "1 minus the weighted distance of two arrays by all their weights: (a, b, ws, ws).")
final class ArrayEdits implements FunctionFactory {
  private final String name;

  ArrayEdits(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean weighted = !name.equals("arrayLevenshteinDistance");
    var s = new Signature(name, arguments).count(weighted ? 4 : 2);
    DataType left = s.array(0).element();
    DataType right = s.array(1).element();
    DataType common = CommonType.of(left, right);
    if (!weighted) {
      return Resolved.of(
          IntegerType.UINT32,
          (c, rows) -> {
            ArrayColumn a = Rows.array(c[0]);
            ArrayColumn b = Rows.array(c[1]);
            int[] ids = ids(a, left, b, right, common);
            int[] out = new int[rows];
            for (int r = 0; r < rows; r++) {
              out[r] = distance(ids, a, b, r, rows);
            }
            return new Int32Column(out, rows);
          });
    }
    DataType leftWeight = weight(s, 2);
    DataType rightWeight = weight(s, 3);
    boolean similarity = name.equals("arraySimilarity");
    return Resolved.throwing(
        FloatType.FLOAT64,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          ArrayColumn b = Rows.array(c[1]);
          ArrayColumn aw = Rows.array(c[2]);
          ArrayColumn bw = Rows.array(c[3]);
          requireEqualLengths(a, aw, rows, 1);
          requireEqualLengths(b, bw, rows, 2);
          int[] ids = ids(a, left, b, right, common);
          double[] x = ArrayVector.doubles(aw, leftWeight, rows);
          double[] y = ArrayVector.doubles(bw, rightWeight, rows);
          double[] out = new double[rows];
          for (int r = 0; r < rows; r++) {
            double d = distance(ids, a, x, b, y, r, rows);
            out[r] = similarity ? similarity(d, a, x, b, y, r) : d;
          }
          return new Float64Column(out, rows);
        });
  }

  private static DataType weight(Signature s, int i) {
    DataType t = s.array(i).element();
    if (t instanceof FloatType || t instanceof IntegerType n && n.bytes() <= 8) {
      return t;
    }
    throw s.illegal(i, "must be an array of numbers");
  }

  private void requireEqualLengths(ArrayColumn a, ArrayColumn weights, int rows, int argument) {
    for (int r = 0; r < rows; r++) {
      if (a.lengthAt(r) != weights.lengthAt(r)) {
        throw new LonghouseException(
            ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
            "Arguments "
                + argument
                + " and "
                + (argument + 2)
                + " of function "
                + name
                + " must be arrays of the same size");
      }
    }
  }

  /** Numbers of the elements of the first array and behind them of the second. */
  private static int[] ids(
      ArrayColumn a, DataType left, ArrayColumn b, DataType right, DataType common) {
    return ValueIds.of(
            Widening.widen(Rows.elements(a), left, common),
            Widening.widen(Rows.elements(b), right, common))
        .ids();
  }

  private static int distance(int[] ids, ArrayColumn a, ArrayColumn b, int r, int rows) {
    int from = a.offsets()[r];
    int n = a.lengthAt(r);
    int other = a.offsets()[rows] + b.offsets()[r];
    int m = b.lengthAt(r);
    int[] row = new int[m + 1];
    for (int j = 0; j <= m; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= n; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= m; j++) {
        int exchanged = diagonal + (ids[from + i - 1] == ids[other + j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[m];
  }

  private static double distance(
      int[] ids, ArrayColumn a, double[] x, ArrayColumn b, double[] y, int r, int rows) {
    int from = a.offsets()[r];
    int n = a.lengthAt(r);
    int weights = b.offsets()[r];
    int other = a.offsets()[rows] + weights;
    int m = b.lengthAt(r);
    double[] row = new double[m + 1];
    for (int j = 1; j <= m; j++) {
      row[j] = row[j - 1] + y[weights + j - 1];
    }
    for (int i = 1; i <= n; i++) {
      double out = x[from + i - 1];
      double diagonal = row[0];
      row[0] += out;
      for (int j = 1; j <= m; j++) {
        double in = y[weights + j - 1];
        double exchanged = diagonal + (ids[from + i - 1] == ids[other + j - 1] ? 0 : out + in);
        diagonal = row[j];
        row[j] = Math.min(exchanged, Math.min(row[j] + out, row[j - 1] + in));
      }
    }
    return row[m];
  }

  private static double similarity(
      double distance, ArrayColumn a, double[] x, ArrayColumn b, double[] y, int r) {
    double total = 0;
    for (int i = a.offsets()[r]; i < a.offsets()[r + 1]; i++) {
      total += x[i];
    }
    for (int i = b.offsets()[r]; i < b.offsets()[r + 1]; i++) {
      total += y[i];
    }
    return total == 0 ? 1 : 1 - distance / total;
  }
}
