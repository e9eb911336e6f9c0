package io.longhouse.function;

import io.longhouse.column.type.DataType;
import java.util.List;

/** A function whose first argument may be a lambda: {@code arrayMap(x -> x + 1, a)}. */
public interface HigherOrderFactory extends FunctionFactory {
  /**
   * The types of the lambda's parameters.
   *
   * @param arguments those behind the lambda
   * @param parameterCount how many parameters the lambda names
   */
  List<DataType> lambdaParameters(List<Argument> arguments, int parameterCount);

  /**
   * The function for a lambda of that result type. Arguments are those behind the lambda, Nullable
   * and dictionary types included.
   */
  HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context);
}
