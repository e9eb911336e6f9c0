package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.EnumType;
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

/** Areas under the curves by which classifiers are judged. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayROCAUC",
    aliases = "arrayAUC",
    category = "Array",
    doc = "The area under the ROC curve of scores and labels; not scaled if argument 3 is false.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayAUCPR",
    aliases = "arrayPRAUC",
    category = "Array",
    doc = "The area under the precision-recall curve of scores and labels.")
final class ArrayAuc implements FunctionFactory {
  private final String name;
  private final boolean roc;

  ArrayAuc(String name) {
    this.name = name;
    this.roc = name.equals("arrayROCAUC");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).between(2, roc ? 3 : 2);
    DataType scores = s.array(0).element();
    DataType labels = s.array(1).element();
    if (!isNumber(scores)) {
      throw s.illegal(0, "must be an array of numbers");
    }
    if (!isNumber(labels) && !(labels instanceof EnumType)) {
      throw s.illegal(1, "must be an array of numbers or Enum");
    }
    if (s.size() == 3 && !s.type(2).name().equals("Bool")) {
      throw s.illegal(2, "must be const Bool");
    }
    boolean scale = s.size() < 3 || Rows.longs(s.constant(2), false)[0] != 0;
    return Resolved.throwing(
        FloatType.FLOAT64,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          ArrayColumn b = Rows.array(c[1]);
          requireEqualLengths(a, b, rows);
          double[] value = ArrayVector.doubles(b, labels, rows);
          int[] o = a.offsets();
          Column e = Rows.elements(a).plain();
          int[] order = new ElementSort(scores, e, o[rows], -1).sorted(o, rows);
          double[] score = ArrayVector.doubles(a, scores, rows);
          double[] out = new double[rows];
          for (int r = 0; r < rows; r++) {
            out[r] =
                roc
                    ? roc(score, value, order, o[r], o[r + 1], scale)
                    : precisionRecall(score, value, order, o[r], o[r + 1]);
          }
          return new Float64Column(out, rows);
        });
  }

  private static boolean isNumber(DataType t) {
    return t instanceof FloatType || t instanceof IntegerType i && i.bytes() <= 8;
  }

  private void requireEqualLengths(ArrayColumn a, ArrayColumn b, int rows) {
    for (int r = 0; r < rows; r++) {
      if (a.lengthAt(r) != b.lengthAt(r)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "First two arguments for function " + name + " must be Arrays of equal sizes");
      }
    }
  }

  private static double roc(
      double[] score, double[] label, int[] order, int from, int to, boolean scale) {
    long positive = 0;
    long negative = 0;
    long lastPositive = 0;
    long lastNegative = 0;
    double area = 0;
    for (int i = from; i < to; i++) {
      if (i > from && score[order[i]] != score[order[i - 1]]) {
        area += (negative - lastNegative) * (positive + lastPositive) / 2.0;
        lastNegative = negative;
        lastPositive = positive;
      }
      if (label[order[i]] > 0) {
        positive++;
      } else {
        negative++;
      }
    }
    area += (negative - lastNegative) * (positive + lastPositive) / 2.0;
    if (!scale) {
      return area;
    }
    return positive == 0 || negative == 0 ? Double.NaN : area / positive / negative;
  }

  private static double precisionRecall(
      double[] score, double[] label, int[] order, int from, int to) {
    long positive = 0;
    long lastPositive = 0;
    double area = 0;
    for (int i = from; i < to; i++) {
      if (label[order[i]] > 0) {
        positive++;
      }
      if (i + 1 == to || score[order[i + 1]] != score[order[i]]) {
        area += (double) positive / (i - from + 1) * (positive - lastPositive);
        lastPositive = positive;
      }
    }
    return positive == 0 ? 0 : area / positive;
  }
}
