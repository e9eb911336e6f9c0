package io.longhouse.function.scalar;

import io.longhouse.column.type.FormatSettings;
import io.longhouse.function.FunctionContext;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The context of a query with default settings. */
record TestContext() implements FunctionContext {
  @Override
  public @Nullable String setting(String name) {
    return null;
  }

  @Override
  public Instant queryStart() {
    return Instant.EPOCH;
  }

  @Override
  public ZoneId timeZone() {
    return ZoneId.of("Europe/Moscow");
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
