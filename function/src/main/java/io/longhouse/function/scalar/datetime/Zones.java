package io.longhouse.function.scalar.datetime;

import io.longhouse.column.type.TimeZones;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time zones among arguments. */
final class Zones {
  private Zones() {}

  /** The zone that argument {@code i} names, or null when there are fewer arguments. */
  static @Nullable ZoneId argument(String function, List<Argument> arguments, int i) {
    String name = Arguments.optionalText(function, arguments, i, "Time zone argument");
    return name == null || name.isEmpty() ? null : TimeZones.of(name);
  }

  /** As {@link #argument}, for functions that refuse an empty name. */
  static @Nullable ZoneId nonEmpty(String function, List<Argument> arguments, int i) {
    String name = Arguments.optionalText(function, arguments, i, "Time zone argument");
    if (name != null && name.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Provided time zone must be non-empty and be a valid time zone");
    }
    return name == null ? null : TimeZones.of(name);
  }
}
