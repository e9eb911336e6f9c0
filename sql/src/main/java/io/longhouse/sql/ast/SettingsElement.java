package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** An element of SETTINGS of a user, role or profile. */
public sealed interface SettingsElement {
  /**
   * {@code PROFILE 'p'} of a user or role, {@code INHERIT 'p'} of a profile; by id in kept
   * entities.
   */
  record Inherit(String profile, boolean isId) implements SettingsElement {
    public Inherit(String profile) {
      this(profile, false);
    }
  }

  /** {@code NONE}. */
  record None() implements SettingsElement {}

  /** {@code name = value MIN a MAX b READONLY}. */
  record Constraint(
      String name,
      @Nullable Expression value,
      @Nullable Expression min,
      @Nullable Expression max,
      Writability writability)
      implements SettingsElement {}

  /** Whether a session may change a setting. */
  enum Writability {
    UNSPECIFIED,
    WRITABLE,
    CONST,
    CHANGEABLE_IN_READONLY
  }
}
