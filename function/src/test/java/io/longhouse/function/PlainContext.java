package io.longhouse.function;

import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The context of a query with default settings. */
record PlainContext() implements FunctionContext {
  @Override
  public @Nullable String setting(String name) {
    return null;
  }

  @Override
  public Instant queryStart() {
    return Instant.ofEpochSecond(1_600_000_000);
  }

  @Override
  public ZoneId timeZone() {
    return TimeZones.current();
  }

  @Override
  public FormatSettings formatSettings() {
    return FormatSettings.DEFAULT;
  }

  @Override
  public String currentDatabase() {
    return "default";
  }

  @Override
  public String currentUser() {
    return "default";
  }

  @Override
  public String queryId() {
    return "";
  }
}
