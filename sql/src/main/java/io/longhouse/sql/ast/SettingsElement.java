package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element of SETTINGS of a user, role or profile. */
public sealed interface SettingsElement {
  /** {@code INHERIT 'profile'}. */
  record Inherit(String profile) implements SettingsElement {}

  /** {@code NONE}. */
  record None() implements SettingsElement {}

  /** {@code name = value MIN a MAX b READONLY}. */
  record Constraint(
      String name,
      @Nullable Expression value,
      @Nullable Expression min,
      @Nullable Expression max,
      List<Expression> disallowed,
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
