package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code arrayMap(f, a, ...)}. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayMap",
    category = "Array",
    doc = "What a lambda gives for the elements of one or more arrays.")
final class ArrayMap extends ArrayLambda {
  ArrayMap() {
    super("arrayMap");
  }

  @Override
  boolean lambdaIsOptional() {
    return false;
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    return new OverElements(
        name,
        new ArrayType(lambdaResult),
        (results, first, rows) -> new ArrayColumn(first.offsets(), results, rows));
  }
}
