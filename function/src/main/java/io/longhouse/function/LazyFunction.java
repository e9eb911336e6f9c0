package io.longhouse.function;

import io.longhouse.column.Column;

/**
 * A function that need not evaluate all its arguments on all rows: if, multiIf, and, or, coalesce.
 */
public interface LazyFunction extends ScalarFunction {
  /** An argument that is evaluated when it is asked for. */
  interface LazyArgument {
    /** The values of all rows. */
    Column all();

    /** The values of the rows {@code rows[0..count)} only, in that order. */
    Column at(int[] rows, int count);

    /** Whether evaluating it on rows that do not need it could throw. */
    boolean mayThrow();
  }

  /** The same result as {@link #evaluate}, asking for arguments only where they are needed. */
  Column evaluateLazily(LazyArgument[] arguments, int rows);
}
