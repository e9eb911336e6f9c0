package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.Lambda;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Elements in order, by themselves or by what a lambda gives for them. */
@Register(
    kind = FunctionFactory.class,
    name = "arraySort",
    category = "Array",
    doc = "The elements in ascending order, by themselves or by a lambda; NaN and NULL last.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayReverseSort",
    category = "Array",
    doc = "The elements in descending order, by themselves or by a lambda; NaN and NULL last.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayPartialSort",
    category = "Array",
    doc = "The smallest elements in ascending order up to a limit, then the others.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayPartialReverseSort",
    category = "Array",
    doc = "The largest elements in descending order up to a limit, then the others.")
final class ArraySort extends ArrayLambda {
  ArraySort(String name) {
    super(name);
  }

  @Override
  int leading() {
    return name.startsWith("arrayPartial") ? 1 : 0;
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    DataType key = LowCardinalityType.strip(lambdaResult);
    if (!key.isComparable()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Values of type " + key.name() + " cannot be compared for order in " + name);
    }
    if (leading() > 0) {
      new Signature(name, arguments).integer(0);
    }
    int direction = name.contains("Reverse") ? -1 : 1;
    var type = (ArrayType) arguments.get(leading()).type();
    return new Sorting(name, type, key, direction, leading());
  }

  /** Sorts all of an array where a limit is given too: what stands behind it is not promised. */
  private record Sorting(
      String name, ArrayType resultType, DataType key, int direction, int leading)
      implements HigherOrderFunction {
    @Override
    public Column evaluate(Lambda lambda, Column[] arguments, int rows) {
      ArrayColumn first = Rows.array(arguments[leading]);
      Column keys = apply(name, lambda, arguments, arguments.length - leading, rows).plain();
      int[] o = first.offsets();
      int[] order = new ElementSort(key, keys, o[rows], direction).sorted(o, rows);
      return new ArrayColumn(o, first.elements().gather(order, order.length), rows);
    }
  }
}
