package io.longhouse.sql.ast;

import java.util.List;

/** What ALTER does to the settings of a user, role or profile. */
public record SettingsChange(
    boolean dropAll,
    boolean dropAllProfiles,
    List<SettingsElement> add,
    List<SettingsElement> modify,
    List<String> dropSettings,
    List<String> dropProfiles) {}
