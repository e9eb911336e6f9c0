package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.NumberColumns;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.tuple.TupleVector;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** The sum of the products of elements at equal places. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayDotProduct",
    category = "Distance",
    doc = "The sum of the products of the elements of two arrays or tuples at equal places.")
@Register(
    kind = FunctionFactory.class,
    name = "dotProduct",
    aliases = "scalarProduct",
    category = "Distance",
    doc = "The sum of the products of the elements of two arrays or tuples at equal places.")
final class ArrayDotProduct implements FunctionFactory {
  private final String name;

  ArrayDotProduct(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    if (s.type(0) instanceof TupleType) {
      return TupleVector.dotProduct(s, context);
    }
    DataType left = s.array(0).element();
    DataType right = s.array(1).element();
    DataType result = resultType(s, left, right);
    return Resolved.throwing(
        result,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          ArrayColumn b = Rows.array(c[1]);
          requireEqualLengths(a, b, rows);
          return result instanceof IntegerType t
              ? integers(a, left, b, right, t, rows)
              : floats(a, left, b, right, result, rows);
        });
  }

  private static DataType resultType(Signature s, DataType a, DataType b) {
    if (a.equals(FloatType.FLOAT32) && b.equals(FloatType.FLOAT32)) {
      return FloatType.FLOAT32;
    }
    if (a instanceof IntegerType x
        && b instanceof IntegerType y
        && x.bytes() <= 8
        && y.bytes() <= 8) {
      int bytes = Math.min(8, Math.max(x.bytes(), y.bytes()) * 2);
      return IntegerType.of(bytes, x.signed() || y.signed());
    }
    boolean numbers =
        (a instanceof FloatType || a instanceof IntegerType)
            && (b instanceof FloatType || b instanceof IntegerType);
    if (!numbers) {
      throw s.illegal(
          a instanceof FloatType || a instanceof IntegerType ? 1 : 0,
          "must be an array of numbers");
    }
    return FloatType.FLOAT64;
  }

  private void requireEqualLengths(ArrayColumn a, ArrayColumn b, int rows) {
    for (int r = 0; r < rows; r++) {
      if (a.lengthAt(r) != b.lengthAt(r)) {
        throw new LonghouseException(
            ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
            "Arguments of function "
                + name
                + " have different array sizes: "
                + a.lengthAt(r)
                + " and "
                + b.lengthAt(r));
      }
    }
  }

  private static Column integers(
      ArrayColumn a, DataType left, ArrayColumn b, DataType right, IntegerType t, int rows) {
    int[] o = a.offsets();
    long[] x = new long[o[rows]];
    long[] y = new long[o[rows]];
    Numbers.toLongs(Rows.elements(a).plain(), 0, x.length, ((IntegerType) left).signed(), x);
    Numbers.toLongs(Rows.elements(b).plain(), 0, y.length, ((IntegerType) right).signed(), y);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      long sum = 0;
      for (int i = o[r]; i < o[r + 1]; i++) {
        sum += x[i] * y[i];
      }
      out[r] = sum;
    }
    return NumberColumns.narrowed(out, rows, t.bytes());
  }

  private static Column floats(
      ArrayColumn a, DataType left, ArrayColumn b, DataType right, DataType result, int rows) {
    int[] o = a.offsets();
    double[] x = ArrayVector.doubles(a, left, rows);
    double[] y = ArrayVector.doubles(b, right, rows);
    if (result.equals(FloatType.FLOAT32)) {
      float[] out = new float[rows];
      for (int r = 0; r < rows; r++) {
        float sum = 0;
        for (int i = o[r]; i < o[r + 1]; i++) {
          sum += (float) x[i] * (float) y[i];
        }
        out[r] = sum;
      }
      return new Float32Column(out, rows);
    }
    double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = o[r]; i < o[r + 1]; i++) {
        sum += x[i] * y[i];
      }
      out[r] = sum;
    }
    return new Float64Column(out, rows);
  }
}
