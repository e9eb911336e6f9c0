package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE ROLE}, {@code ALTER ROLE}. */
public record CreateRole(
    AccessVerb verb,
    List<UserName> names,
    @Nullable String newName,
    List<SettingsElement> settings,
    @Nullable SettingsChange settingsChange)
    implements AccessStatement {}
