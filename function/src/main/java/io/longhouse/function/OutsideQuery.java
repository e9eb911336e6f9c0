package io.longhouse.function;

import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The context of functions that belong to no query: no settings, the time zone of the thread. */
public interface OutsideQuery extends FunctionContext {
  /** One that answers nothing else. */
  OutsideQuery INSTANCE = new OutsideQuery() {};

  @Override
  default @Nullable String setting(String name) {
    return null;
  }

  @Override
  default Instant queryStart() {
    return Instant.now();
  }

  @Override
  default ZoneId timeZone() {
    return TimeZones.current();
  }

  @Override
  default FormatSettings formatSettings() {
    return FormatSettings.DEFAULT;
  }

  @Override
  default String currentDatabase() {
    return "default";
  }

  @Override
  default String currentUser() {
    return "default";
  }

  @Override
  default String queryId() {
    return "";
  }
}
