package io.longhouse.column.serial;

import io.longhouse.column.type.DataType;

/**
 * A data type that is another one under a name of its own, with the same columns and the same bytes
 * in bulk: {@code Point}, {@code SimpleAggregateFunction(any, Array(String))}.
 */
public interface StoredAs {
  DataType storedAs();
}
