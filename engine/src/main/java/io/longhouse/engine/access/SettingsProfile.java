package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import java.util.UUID;

/** Settings and bounds of settings under a name. */
public record SettingsProfile(UUID id, String name, ProfileElements settings, Subjects to)
    implements AccessEntity {
  @Override
  public AccessEntityKind kind() {
    return AccessEntityKind.SETTINGS_PROFILE;
  }
}
