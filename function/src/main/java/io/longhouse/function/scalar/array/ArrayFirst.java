package io.longhouse.function.scalar.array;

import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Widening;
import io.longhouse.registry.Register;
import java.util.List;

/** The first or last element for which a condition holds. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayFirst",
    category = "Array",
    doc = "The first element for which a condition holds, or the default value.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayLast",
    category = "Array",
    doc = "The last element for which a condition holds, or the default value.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayFirstOrNull",
    category = "Array",
    doc = "The first element for which a condition holds, or NULL.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayLastOrNull",
    category = "Array",
    doc = "The last element for which a condition holds, or NULL.")
final class ArrayFirst extends ArrayLambda {
  ArrayFirst(String name) {
    super(name);
  }

  @Override
  boolean lambdaIsOptional() {
    return false;
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    requireCondition(lambdaResult);
    DataType element = ((ArrayType) arguments.get(0).type()).element();
    DataType result = name.endsWith("OrNull") ? NullableType.orSame(element) : element;
    boolean last = name.startsWith("arrayLast");
    return new OverElements(
        name,
        result,
        (results, first, rows) -> {
          int[] o = first.offsets();
          int[] index = ArrayExists.indexes(holds(results, o[rows]), o, last, rows);
          for (int r = 0; r < rows; r++) {
            index[r] = index[r] == 0 ? Picker.DEFAULT : o[r] + index[r] - 1;
          }
          Column e = Widening.widen(Rows.elements(first), element, result).full();
          return Picker.gatherOrDefault(result, e, index, rows);
        });
  }
}
