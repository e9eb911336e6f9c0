package io.longhouse.engine.analyze;

import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.settings.Settings;
import io.longhouse.function.FunctionContext;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The context of expressions that belong to no query: default settings, nothing else. */
public enum EmptyContext implements FunctionContext {
  INSTANCE;

  @Override
  public @Nullable String setting(String name) {
    var d = Settings.table().find(name);
    return d == null ? null : d.defaultValue();
  }

  @Override
  public Instant queryStart() {
    return Instant.now();
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
