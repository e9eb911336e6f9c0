package io.longhouse.function;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;

/** A lambda as a higher-order function calls it, with what it captured bound. */
public interface Lambda {
  DataType resultType();

  /**
   * How many parameters it names: a lambda of several over one array of tuples takes them apart.
   */
  int parameterCount();

  /**
   * Evaluates the body.
   *
   * @param parameters one column for each parameter, {@code rows} rows each
   * @param outerRows for each of these rows, the row of the block around it: captured columns are
   *     repeated by it
   */
  Column apply(Column[] parameters, int[] outerRows, int rows);
}
