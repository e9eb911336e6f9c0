package io.longhouse.engine.plan.shards;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.ScalarFunction;
import java.util.List;

/** {@code x IN set} where the set's elements are known. */
public interface KnownSet extends ScalarFunction {
  /** The types of the elements, one for each part of the key. */
  List<DataType> elementTypes();

  /** The elements, one column for each part of the key. */
  Column[] allElements();

  /** Whether this is {@code NOT IN}. */
  boolean isNegated();

  /** Whether NULL is a value that can be in the set. */
  boolean hasNulls();
}
