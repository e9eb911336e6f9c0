package io.longhouse.function.aggregate;

import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A suffix that makes an aggregate function of an aggregate function: {@code sum} and {@code If}
 * give {@code sumIf}. Registered under the suffix.
 */
public interface Combinator {
  /**
   * The argument types of the function inside.
   *
   * @param arguments those of the whole function
   * @throws io.longhouse.sql.LonghouseException NUMBER_OF_ARGUMENTS_DOESNT_MATCH (42) or
   *     ILLEGAL_TYPE_OF_ARGUMENT (43)
   */
  List<DataType> nestedArguments(List<DataType> arguments);

  /** The parameters of the function inside. */
  default List<Argument> nestedParameters(List<Argument> parameters) {
    return parameters;
  }

  /**
   * The whole function.
   *
   * @param inside the call of the function inside, its name as registered
   * @param parameters those of the whole function
   * @param arguments those of the whole function
   */
  AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments);

  /**
   * The name of another function that is meant by the suffix for these arguments, or null.
   *
   * @param inner the name before the suffix, as registered
   */
  default @Nullable String redirect(String inner, List<DataType> arguments) {
    return null;
  }

  /**
   * Whether Nullable arguments are left to the function inside; if not, rows with a NULL are
   * skipped before the combined function sees them.
   */
  default boolean leavesNulls() {
    return false;
  }

  /** Whether the suffix may be given twice in a row. */
  default boolean nests() {
    return false;
  }
}
