package io.longhouse.function;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;

/**
 * A function resolved for its argument types. It has no state and may be called by many threads.
 */
public interface ScalarFunction {
  DataType resultType();

  /**
   * The results for {@code rows} rows. Arguments have that many rows each; any of them may be a
   * {@code ConstColumn}, and sparse columns have been expanded.
   */
  Column evaluate(Column[] arguments, int rows);

  /**
   * Whether equal arguments give equal results, always; {@code rand()} and {@code now()} do not.
   */
  default boolean isDeterministic() {
    return true;
  }

  /**
   * Whether the result is one value for the whole query though it is not deterministic: {@code
   * now()}, {@code currentDatabase()}. Such a call is folded to a constant.
   */
  default boolean isConstantInQuery() {
    return isDeterministic();
  }

  /**
   * Whether the result is a fact of the server that computes it: {@code hostName()}. Such a call is
   * not folded where the rows are other servers'.
   */
  default boolean isOfServer() {
    return false;
  }

  /**
   * Whether a value of the arguments can make {@link #evaluate} throw, or evaluation is costly.
   * Such a function is not evaluated on rows that a condition of {@code if}, {@code and} or {@code
   * or} rules out, nor on values under a NULL.
   */
  default boolean mayThrow() {
    return false;
  }

  /**
   * Whether the result grows (1), falls (-1) or does neither (0) as argument {@code argument} grows
   * while the others stay the same. Indexes use it: {@code toDate(t) = d} prunes by t.
   */
  default int monotonicity(int argument) {
    return 0;
  }
}
