package io.longhouse.function;

import io.longhouse.column.Column;

/** {@code x IN set}: indexes look at the set to rule out what cannot be in it. */
public interface InFunction extends ScalarFunction {
  /**
   * The set's elements, in the left side's types, without NULLs: one column, or one for each
   * element of a tuple.
   */
  Column[] setElements();

  /** Whether this is {@code NOT IN}. */
  boolean isNegated();
}
