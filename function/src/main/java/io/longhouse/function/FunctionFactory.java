package io.longhouse.function;

import java.util.List;

/** One SQL function (or a tight family); registered under its names. */
public interface FunctionFactory {
  /**
   * The function for these arguments. Unless the factory handles them itself, no argument is
   * Nullable or LowCardinality here.
   *
   * @throws io.longhouse.sql.LonghouseException NUMBER_OF_ARGUMENTS_DOESNT_MATCH (42) or
   *     ILLEGAL_TYPE_OF_ARGUMENT (43) and their like
   */
  ScalarFunction resolve(List<Argument> arguments, FunctionContext context);

  /**
   * Whether the function sees Nullable arguments. If not, NULL in any argument makes the result
   * NULL, and the function is evaluated on the values inside.
   */
  default boolean handlesNulls() {
    return false;
  }

  /**
   * Whether the function sees dictionary columns. If not, a function of one dictionary and
   * constants is evaluated on the dictionary, and in all other cases dictionaries are expanded
   * first.
   */
  default boolean handlesLowCardinality() {
    return false;
  }

  /**
   * Whether the function sees SimpleAggregateFunction types. If not, it sees the types of the
   * values behind that name.
   */
  default boolean handlesSimpleAggregates() {
    return false;
  }

  /**
   * Whether the function sees {@code ConstColumn}s when all its arguments are constant. If not, it
   * is evaluated on one row then. Single constant arguments always arrive as {@code ConstColumn}.
   */
  default boolean handlesConstants() {
    return false;
  }
}
