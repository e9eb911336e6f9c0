package io.longhouse.engine.analyze;

import io.longhouse.engine.settings.Settings;
import io.longhouse.function.OutsideQuery;
import org.jspecify.annotations.Nullable;

/** The context of expressions that belong to no query: default settings, nothing else. */
public enum EmptyContext implements OutsideQuery {
  INSTANCE;

  @Override
  public @Nullable String setting(String name) {
    var d = Settings.table().find(name);
    return d == null ? null : d.defaultValue();
  }
}
