package io.longhouse.function.aggregate;

import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import java.util.List;

/** One aggregate function (or a tight family); registered under its names. */
public interface AggregateFactory {
  /**
   * The function for these parameters (constants) and argument types. No argument type is Nullable
   * or LowCardinality unless {@link #handlesNulls}.
   *
   * @throws io.longhouse.sql.LonghouseException NUMBER_OF_ARGUMENTS_DOESNT_MATCH (42),
   *     ILLEGAL_TYPE_OF_ARGUMENT (43), PARAMETER_OUT_OF_BOUND (12) and their like
   */
  AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments);

  /** Whether the function sees Nullable arguments itself; if not, rows with a NULL are skipped. */
  default boolean handlesNulls() {
    return false;
  }

  /**
   * Whether the result over NULLs only is the type's zero and not NULL, as for {@code count} and
   * {@code uniq}; the serialised state of Nullable arguments depends on it.
   */
  default boolean zeroWithoutRows() {
    return false;
  }
}
