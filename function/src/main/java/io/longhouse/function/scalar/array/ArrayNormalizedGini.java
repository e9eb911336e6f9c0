package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.TupleType;
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

/** Gini coefficients of labels in the order of predictions and in their own. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayNormalizedGini",
    category = "Array",
    doc =
        "The Gini coefficients of labels ordered by predictions and by themselves, and the"
            + " quotient of the two.")
final class ArrayNormalizedGini implements FunctionFactory {
  private static final TupleType TYPE =
      new TupleType(List.of(FloatType.FLOAT64, FloatType.FLOAT64, FloatType.FLOAT64));

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayNormalizedGini", arguments).count(2);
    DataType predicted = numbers(s, 0);
    DataType labels = numbers(s, 1);
    return Resolved.throwing(
        TYPE,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          ArrayColumn b = Rows.array(c[1]);
          int[] o = a.offsets();
          for (int r = 0; r < rows; r++) {
            if (a.lengthAt(r) != b.lengthAt(r)) {
              throw new LonghouseException(
                  ErrorCode.ILLEGAL_COLUMN,
                  "All arrays in function arrayNormalizedGini should have same size");
            }
          }
          int n = o[rows];
          int[] byPrediction = new ElementSort(predicted, Rows.elements(a), n, 1).sorted(o, rows);
          int[] byLabel = new ElementSort(labels, Rows.elements(b), n, 1).sorted(o, rows);
          double[] value = ArrayVector.doubles(b, labels, rows);
          double[] first = new double[rows];
          double[] second = new double[rows];
          double[] quotient = new double[rows];
          for (int r = 0; r < rows; r++) {
            first[r] = gini(value, byPrediction, o[r], o[r + 1]);
            second[r] = gini(value, byLabel, o[r], o[r + 1]);
            quotient[r] = first[r] / second[r];
          }
          return new TupleColumn(
              List.of(
                  new Float64Column(first, rows),
                  new Float64Column(second, rows),
                  new Float64Column(quotient, rows)),
              rows);
        });
  }

  private static DataType numbers(Signature s, int i) {
    DataType t = s.array(i).element();
    if (t instanceof FloatType || t instanceof IntegerType n && n.bytes() <= 8) {
      return t;
    }
    throw s.illegal(i, "must be an array of numbers");
  }

  private static double gini(double[] value, int[] order, int from, int to) {
    double total = 0;
    for (int i = from; i < to; i++) {
      total += value[order[i]];
    }
    double running = 0;
    double shares = 0;
    for (int i = from; i < to; i++) {
      running += value[order[i]];
      shares += running / total;
    }
    double n = to - from;
    return (n + 1 - 2 * shares) / (2 * n);
  }
}
