package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Sums, means and products of numbers. */
@Register(
    kind = FunctionFactory.class,
    name = "arraySum",
    category = "Array",
    doc = "The sum of the elements, or of what a lambda gives for them.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayAvg",
    category = "Array",
    doc = "The mean of the elements, or of what a lambda gives for them; 0 for an empty array.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayProduct",
    category = "Array",
    doc = "The product of the elements, or of what a lambda gives for them.")
final class ArraySum extends ArrayLambda {
  ArraySum(String name) {
    super(name);
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    return new OverElements(
        name,
        resultType(lambdaResult),
        (results, first, rows) -> evaluate(results.plain(), lambdaResult, first, rows));
  }

  private DataType resultType(DataType t) {
    if (t instanceof FloatType) {
      return FloatType.FLOAT64;
    }
    boolean sum = name.equals("arraySum");
    return switch (t) {
      case IntegerType i when !sum -> FloatType.FLOAT64;
      case IntegerType i -> IntegerType.of(Math.max(8, i.bytes()), i.signed());
      case DecimalType _ when !sum -> FloatType.FLOAT64;
      case DecimalType d -> DecimalType.ofBytes(Math.max(16, d.bytes()), d.scale());
      default ->
          throw new LonghouseException(
              ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
              "array aggregation function cannot be performed on type " + t.name());
    };
  }

  private Column evaluate(Column values, DataType type, ArrayColumn first, int rows) {
    int[] o = first.offsets();
    if (name.equals("arraySum") && !(type instanceof FloatType)) {
      boolean signed = !(type instanceof IntegerType i) || i.signed();
      return resultType(type) instanceof IntegerType t && t.bytes() == 8
          ? sumLongs(values, signed, o, rows)
          : sumWide(values, signed, WideWords.of(resultType(type)), o, rows);
    }
    double[] v = new double[o[rows]];
    Numbers.toDoubles(values, 0, v.length, !(type instanceof IntegerType i) || i.signed(), v);
    double scale = type instanceof DecimalType d ? Math.pow(10, d.scale()) : 1;
    double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      out[r] =
          switch (name) {
            case "arrayProduct" -> o[r] == o[r + 1] ? 0 : product(v, o[r], o[r + 1], scale);
            case "arrayAvg" ->
                o[r] == o[r + 1] ? 0 : sum(v, o[r], o[r + 1]) / (o[r + 1] - o[r]) / scale;
            default -> sum(v, o[r], o[r + 1]);
          };
    }
    return new Float64Column(out, rows);
  }

  private static double sum(double[] v, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += v[i];
    }
    return sum;
  }

  private static double product(double[] v, int from, int to, double scale) {
    double product = 1;
    for (int i = from; i < to; i++) {
      product *= v[i] / scale;
    }
    return product;
  }

  private static Column sumLongs(Column values, boolean signed, int[] o, int rows) {
    long[] v = new long[o[rows]];
    Numbers.toLongs(values, 0, v.length, signed, v);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      long sum = 0;
      for (int i = o[r]; i < o[r + 1]; i++) {
        sum += v[i];
      }
      out[r] = sum;
    }
    return new Int64Column(out, rows);
  }

  private static Column sumWide(Column values, boolean signed, int w, int[] o, int rows) {
    long[] out = new long[Math.multiplyExact(rows, w)];
    long[] v = WideWords.toWords(values, signed, w, o[rows]);
    for (int r = 0; r < rows; r++) {
      for (int i = o[r]; i < o[r + 1]; i++) {
        long carry = 0;
        for (int k = 0; k < w; k++) {
          long a = out[r * w + k];
          long b = v[i * w + k];
          long s = a + b;
          long c = Long.compareUnsigned(s, a) < 0 ? 1 : 0;
          long t = s + carry;
          out[r * w + k] = t;
          carry = c + (Long.compareUnsigned(t, s) < 0 ? 1 : 0);
        }
      }
    }
    return new WideColumn(out, w, rows);
  }

  /** Numbers as several words. */
  private static final class WideWords {
    private WideWords() {}

    static int of(DataType t) {
      return t instanceof IntegerType i ? i.bytes() / 8 : ((DecimalType) t).bytes() / 8;
    }

    static long[] toWords(Column c, boolean signed, int w, int count) {
      long[] out = new long[Math.multiplyExact(count, w)];
      int have = c instanceof WideColumn wide ? wide.wordsPerValue() : 1;
      long[] v;
      if (c instanceof WideColumn wide) {
        v = wide.words();
      } else {
        v = new long[count];
        Numbers.toLongs(c, 0, count, signed, v);
      }
      for (int i = 0; i < count; i++) {
        long fill = signed && v[i * have + have - 1] < 0 ? -1 : 0;
        for (int k = 0; k < w; k++) {
          out[i * w + k] = k < have ? v[i * have + k] : fill;
        }
      }
      return out;
    }
  }
}
