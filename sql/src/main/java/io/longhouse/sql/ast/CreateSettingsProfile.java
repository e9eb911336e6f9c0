package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE SETTINGS PROFILE}, {@code ALTER SETTINGS PROFILE}. */
public record CreateSettingsProfile(
    AccessVerb verb,
    List<String> names,
    @Nullable String newName,
    List<SettingsElement> settings,
    @Nullable SettingsChange settingsChange,
    @Nullable RoleSet to)
    implements AccessStatement {}
