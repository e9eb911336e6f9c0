package io.longhouse.sql.ast;

import java.util.List;

/** What ALTER does to the settings of a user, role or profile. */
public record SettingsChange(
    boolean dropAllSettings,
    boolean dropAllProfiles,
    List<String> dropSettings,
    List<String> dropProfiles,
    List<SettingsElement> add,
    List<SettingsElement> modify) {}
