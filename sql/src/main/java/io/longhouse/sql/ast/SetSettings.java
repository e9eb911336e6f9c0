package io.longhouse.sql.ast;

import java.util.List;

/** {@code SET name = value, ...}; {@code param_x} sets the parameter x. */
public record SetSettings(List<Setting> settings) implements SessionStatement {
  public SetSettings {
    settings = List.copyOf(settings);
  }
}
