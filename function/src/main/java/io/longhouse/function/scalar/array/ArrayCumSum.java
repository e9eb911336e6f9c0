package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.scalar.NumberColumns;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Running sums and differences of neighbours. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayCumSum",
    category = "Array",
    doc = "For each element the sum of the elements up to it.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayCumSumNonNegative",
    category = "Array",
    doc = "As arrayCumSum, beginning again at 0 where the sum falls below 0.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayDifference",
    category = "Array",
    doc = "For each element what it exceeds the one before it by; 0 for the first.")
final class ArrayCumSum extends ArrayLambda {
  ArrayCumSum(String name) {
    super(name);
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    DataType element = resultElement(lambdaResult);
    boolean signed = !(lambdaResult instanceof IntegerType i) || i.signed();
    return new OverElements(
        name,
        new ArrayType(element),
        (results, first, rows) -> {
          int[] o = first.offsets();
          Column v = results.plain();
          return new ArrayColumn(
              o,
              element instanceof FloatType
                  ? doubles(v, signed, o, rows)
                  : longs(v, signed, (IntegerType) element, o, rows),
              rows);
        });
  }

  private DataType resultElement(DataType t) {
    if (t instanceof FloatType) {
      return FloatType.FLOAT64;
    }
    boolean difference = name.equals("arrayDifference");
    if (t instanceof IntegerType i && i.bytes() <= 8) {
      return difference
          ? IntegerType.of(Math.min(8, i.bytes() * 2), true)
          : IntegerType.of(8, i.signed());
    }
    if (difference && (t instanceof DateType || t instanceof DateTimeType)) {
      return t instanceof DateType ? IntegerType.INT32 : IntegerType.INT64;
    }
    throw new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, name + " cannot work with type " + t.name());
  }

  private Column doubles(Column values, boolean signed, int[] o, int rows) {
    double[] v = new double[o[rows]];
    Numbers.toDoubles(values, 0, v.length, signed, v);
    double[] out = new double[v.length];
    boolean difference = name.equals("arrayDifference");
    boolean floor = name.endsWith("NonNegative");
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = o[r]; i < o[r + 1]; i++) {
        if (difference) {
          out[i] = i == o[r] ? 0 : v[i] - v[i - 1];
        } else {
          sum += v[i];
          sum = floor && sum < 0 ? 0 : sum;
          out[i] = sum;
        }
      }
    }
    return new Float64Column(out, out.length);
  }

  private Column longs(Column values, boolean signed, IntegerType element, int[] o, int rows) {
    long[] v = new long[o[rows]];
    Numbers.toLongs(values, 0, v.length, signed, v);
    long[] out = new long[v.length];
    boolean difference = name.equals("arrayDifference");
    boolean floor = name.endsWith("NonNegative") && signed;
    for (int r = 0; r < rows; r++) {
      long sum = 0;
      for (int i = o[r]; i < o[r + 1]; i++) {
        if (difference) {
          out[i] = i == o[r] ? 0 : v[i] - v[i - 1];
        } else {
          sum += v[i];
          sum = floor && sum < 0 ? 0 : sum;
          out[i] = sum;
        }
      }
    }
    return NumberColumns.narrowed(out, out.length, element.bytes());
  }
}
