package io.longhouse.function.window;

import io.longhouse.function.Argument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One window function (or a tight family); registered under its names. */
public interface WindowFunctionFactory {
  /**
   * The function for these parameters (constants) and arguments. No argument type is
   * LowCardinality.
   *
   * @param ordered whether the window has an ORDER BY
   * @param frame the frame that the query names, null where it names none
   * @throws io.longhouse.sql.LonghouseException NUMBER_OF_ARGUMENTS_DOESNT_MATCH (42),
   *     BAD_ARGUMENTS (36) and their like
   */
  WindowFunction resolve(
      List<Argument> parameters,
      List<Argument> arguments,
      boolean ordered,
      @Nullable WindowFrame frame);
}
