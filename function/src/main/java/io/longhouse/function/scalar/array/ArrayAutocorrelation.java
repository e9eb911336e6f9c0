package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
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

/** How much a series resembles itself moved on. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayAutocorrelation",
    category = "Array",
    doc = "The autocorrelations of an array at lags from 0 on, at most as many as argument 2 says.")
final class ArrayAutocorrelation implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayAutocorrelation", arguments).between(1, 2);
    DataType element = s.array(0).element();
    boolean number =
        element instanceof FloatType || element instanceof IntegerType i && i.bytes() <= 8;
    if (!number && s.array(0).element() != io.longhouse.column.type.NothingType.TYPE) {
      throw s.illegal(0, "must be an array of numbers");
    }
    boolean signed = s.size() > 1 && s.integer(1).signed();
    return Resolved.throwing(
        new ArrayType(FloatType.FLOAT64),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          int[] o = a.offsets();
          double[] x = o[rows] == 0 ? new double[0] : ArrayVector.doubles(a, element, rows);
          long[] lags = c.length > 1 ? Rows.longs(c[1], signed) : new long[] {Long.MAX_VALUE};
          int mask = c.length > 1 ? Rows.mask(c[1]) : 0;
          double[] out = new double[x.length];
          int[] ends = new int[rows + 1];
          int at = 0;
          for (int r = 0; r < rows; r++) {
            long lag = lags[r & mask];
            if (signed && lag < 0) {
              throw new LonghouseException(
                  ErrorCode.BAD_ARGUMENTS, "arrayAutocorrelation: max_lag must be non-negative");
            }
            int n = o[r + 1] - o[r];
            int count = (int) (lag < 0 ? n : Math.min(lag, n));
            correlate(x, o[r], n, count, out, at);
            at += count;
            ends[r + 1] = at;
          }
          return new ArrayColumn(ends, new Float64Column(out, at), rows);
        });
  }

  private static void correlate(double[] x, int from, int n, int count, double[] out, int at) {
    double sum = 0;
    for (int i = from; i < from + n; i++) {
      sum += x[i];
    }
    double mean = sum / n;
    double variance = 0;
    for (int i = from; i < from + n; i++) {
      variance += (x[i] - mean) * (x[i] - mean);
    }
    for (int lag = 0; lag < count; lag++) {
      double products = 0;
      for (int i = from; i < from + n - lag; i++) {
        products += (x[i] - mean) * (x[i + lag] - mean);
      }
      out[at + lag] = variance == 0 ? Double.NaN : products / variance;
    }
  }
}
