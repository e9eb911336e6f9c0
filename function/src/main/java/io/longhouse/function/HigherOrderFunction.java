package io.longhouse.function;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;

/** A higher-order function resolved for a lambda's result and the other arguments' types. */
public interface HigherOrderFunction {
  DataType resultType();

  /** {@code arguments} are those behind the lambda, constants expanded, dictionaries kept. */
  Column evaluate(Lambda lambda, Column[] arguments, int rows);
}
