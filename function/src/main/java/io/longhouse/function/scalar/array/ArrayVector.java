package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Norms and distances of arrays of numbers taken as vectors. */
public final class ArrayVector {
  /** What is summed over the elements and what is made of the sum. */
  public enum Measure {
    L1,
    L2,
    L2_SQUARED,
    LINF,
    LP,
    COSINE
  }

  private ArrayVector() {}

  /** A norm of the array in argument 0; argument 1 is p for {@link Measure#LP}. */
  public static ScalarFunction norm(Measure m, Signature s) {
    DataType e = s.array(0).element();
    DataType result = resultType(s, 0, e);
    double p = m == Measure.LP ? power(s, 1) : 1;
    return Resolved.throwing(
        result,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          double[] x = doubles(a, e, rows);
          return narrow(norms(m, p, x, a.offsets(), rows), result);
        });
  }

  /** A distance of the arrays in arguments 0 and 1; argument 2 is p. */
  public static ScalarFunction distance(Measure m, Signature s) {
    DataType left = s.array(0).element();
    DataType right = s.array(1).element();
    resultType(s, 0, left);
    resultType(s, 1, right);
    DataType out = isFloat32(left, right) ? FloatType.FLOAT32 : FloatType.FLOAT64;
    double p = m == Measure.LP ? power(s, 2) : 1;
    return Resolved.throwing(
        out,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          ArrayColumn b = Rows.array(c[1]);
          for (int i = 0; i < rows; i++) {
            if (a.lengthAt(i) != b.lengthAt(i)) {
              throw new LonghouseException(
                  ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
                  "Arguments of function "
                      + s.function()
                      + " have different array sizes: "
                      + a.lengthAt(i)
                      + " and "
                      + b.lengthAt(i));
            }
          }
          double[] x = doubles(a, left, rows);
          double[] y = doubles(b, right, rows);
          if (m == Measure.COSINE) {
            return narrow(cosines(x, y, a.offsets(), rows), out);
          }
          for (int i = 0; i < x.length; i++) {
            x[i] -= y[i];
          }
          return narrow(norms(m, p, x, a.offsets(), rows), out);
        });
  }

  /** Float32 beside Float32 or an integer that fits in its digits. */
  private static boolean isFloat32(DataType a, DataType b) {
    boolean any = a.equals(FloatType.FLOAT32) || b.equals(FloatType.FLOAT32);
    return any && fitsFloat32(a) && fitsFloat32(b);
  }

  private static boolean fitsFloat32(DataType t) {
    return t.equals(FloatType.FLOAT32) || t instanceof IntegerType i && i.bytes() <= 2;
  }

  private static DataType resultType(Signature s, int i, DataType element) {
    if (element.equals(FloatType.FLOAT32)) {
      return FloatType.FLOAT32;
    }
    if (element instanceof FloatType || element instanceof IntegerType n && n.bytes() <= 8) {
      return FloatType.FLOAT64;
    }
    throw s.illegal(i, "must be an array of numbers");
  }

  private static double power(Signature s, int i) {
    NumberShape shape = NumberShape.of(s.type(i));
    if (shape == null || shape.isDecimal() || shape.isWide()) {
      throw s.illegal(i, "must be a number");
    }
    double[] p = Rows.doubles(s.constant(i), true);
    if (!(p[0] >= 1)) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Argument " + (i + 1) + " of function " + s.function() + " must be not less than one");
    }
    return p[0];
  }

  static double[] doubles(ArrayColumn a, DataType element, int rows) {
    double[] out = new double[a.offsets()[rows]];
    Numbers.toDoubles(
        Rows.elements(a).plain(),
        0,
        out.length,
        !(element instanceof IntegerType i) || i.signed(),
        out);
    return out;
  }

  private static double[] norms(Measure m, double p, double[] x, int[] o, int rows) {
    double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      switch (m) {
        case L1 -> {
          for (int i = o[r]; i < o[r + 1]; i++) {
            sum += Math.abs(x[i]);
          }
        }
        case L2, L2_SQUARED -> {
          for (int i = o[r]; i < o[r + 1]; i++) {
            sum += x[i] * x[i];
          }
          sum = m == Measure.L2 ? Math.sqrt(sum) : sum;
        }
        case LINF -> {
          for (int i = o[r]; i < o[r + 1]; i++) {
            sum = Math.max(sum, Math.abs(x[i]));
          }
        }
        case LP -> {
          for (int i = o[r]; i < o[r + 1]; i++) {
            sum += Math.pow(Math.abs(x[i]), p);
          }
          sum = Math.pow(sum, 1 / p);
        }
        case COSINE -> throw new IllegalArgumentException("a distance only");
      }
      out[r] = sum;
    }
    return out;
  }

  private static double[] cosines(double[] x, double[] y, int[] o, int rows) {
    double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      double xy = 0;
      double xx = 0;
      double yy = 0;
      for (int i = o[r]; i < o[r + 1]; i++) {
        xy += x[i] * y[i];
        xx += x[i] * x[i];
        yy += y[i] * y[i];
      }
      out[r] = 1 - xy / Math.sqrt(xx * yy);
    }
    return out;
  }

  private static Column narrow(double[] v, DataType type) {
    if (!type.equals(FloatType.FLOAT32)) {
      return new Float64Column(v, v.length);
    }
    float[] out = new float[v.length];
    for (int i = 0; i < v.length; i++) {
      out[i] = (float) v[i];
    }
    return new Float32Column(out, v.length);
  }
}
