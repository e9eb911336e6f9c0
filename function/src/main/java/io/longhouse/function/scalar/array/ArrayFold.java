package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.Lambda;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** {@code arrayFold((accumulator, x, ...) -> ..., a, ..., start)}. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayFold",
    category = "Array",
    doc = "What a lambda makes of an accumulator and one element after another.")
final class ArrayFold implements HigherOrderFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    throw new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "First argument for function arrayFold must be a function");
  }

  @Override
  public List<DataType> lambdaParameters(List<Argument> arguments, int parameterCount) {
    var s = new Signature("arrayFold", arguments).atLeast(2);
    List<DataType> types = new ArrayList<>();
    types.add(s.type(s.size() - 1));
    for (int i = 0; i < s.size() - 1; i++) {
      types.add(s.array(i).element());
    }
    return types;
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    DataType accumulator = arguments.get(arguments.size() - 1).type();
    if (!lambdaResult.equals(accumulator)) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH,
          "Return type of lambda function must be the same as the accumulator type, inferred return"
              + " type of lambda: "
              + lambdaResult.name()
              + ", inferred type of accumulator: "
              + accumulator.name());
    }
    List<DataType> elements =
        arguments.subList(0, arguments.size() - 1).stream()
            .map(a -> ((ArrayType) a.type()).element())
            .toList();
    return new Fold(accumulator, elements);
  }

  /** Step k folds the k-th elements of all rows that have one. */
  private record Fold(DataType resultType, List<DataType> elementTypes)
      implements HigherOrderFunction {
    @Override
    public Column evaluate(Lambda lambda, Column[] arguments, int rows) {
      int n = elementTypes.size();
      ArrayColumn first = Rows.array(arguments[0]);
      Column[] elements = new Column[n];
      for (int i = 0; i < n; i++) {
        ArrayColumn a = Rows.array(arguments[i]);
        ArrayUniq.requireEqualLengths("arrayFold", first, a, i + 1, rows);
        elements[i] = Rows.elements(a);
      }
      int[] o = first.offsets();
      Column accumulators = arguments[n].full();
      int[] live = Rows.identity(rows);
      int count = rows;
      // Row live[j] has its accumulator at j; what is finished goes to the results.
      ColumnBuilder results = resultType.newBuilder(rows);
      int[] place = new int[rows];
      for (int k = 0; count > 0; k++) {
        int[] next = new int[count];
        int[] places = new int[count];
        int[] picks = new int[count];
        int m = 0;
        for (int j = 0; j < count; j++) {
          int r = live[j];
          if (o[r] + k < o[r + 1]) {
            next[m] = r;
            places[m] = j;
            picks[m++] = o[r] + k;
          } else {
            place[r] = results.size();
            results.append(accumulators, j);
          }
        }
        if (m == 0) {
          break;
        }
        Column[] parameters = new Column[n + 1];
        parameters[0] = accumulators.gather(places, m);
        for (int i = 0; i < n; i++) {
          parameters[i + 1] = elements[i].gather(picks, m);
        }
        accumulators = lambda.apply(parameters, next, m).full();
        live = next;
        count = m;
      }
      return results.build().gather(place, rows);
    }
  }
}
