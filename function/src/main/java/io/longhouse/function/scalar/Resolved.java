package io.longhouse.function.scalar;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.ScalarFunction;

/** A resolved function put together from its result type and a kernel over whole columns. */
public record Resolved(DataType resultType, Kernel kernel, boolean mayThrow)
    implements ScalarFunction {

  /** The work on one block; called once a block, never once a row. */
  @FunctionalInterface
  public interface Kernel {
    Column evaluate(Column[] arguments, int rows);
  }

  /** A function that no value of its arguments can make throw. */
  public static Resolved of(DataType resultType, Kernel kernel) {
    return new Resolved(resultType, kernel, false);
  }

  /** A function that throws for some values, or that costs much. */
  public static Resolved throwing(DataType resultType, Kernel kernel) {
    return new Resolved(resultType, kernel, true);
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    return kernel.evaluate(arguments, rows);
  }
}
