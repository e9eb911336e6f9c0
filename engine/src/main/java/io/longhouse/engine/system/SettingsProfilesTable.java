package io.longhouse.engine.system;

import io.longhouse.engine.access.SettingsProfile;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AccessEntityKind;

/** {@code system.settings_profiles}. */
@Register(kind = SystemTable.class, name = "settings_profiles", doc = "The settings profiles.")
final class SettingsProfilesTable extends SystemTable<AccessColumns.Of<SettingsProfile>> {
  SettingsProfilesTable() {
    super(
        "settings_profiles",
        AccessColumns.subjects(
            new SystemColumns<AccessColumns.Of<SettingsProfile>>()
                .text("name", r -> r.entity().name())
                .add("id", "UUID", r -> r.entity().id().toString())
                .text("storage", r -> r.control().storageOf(r.entity().id()))
                .number("num_elements", r -> r.entity().settings().elements().size()),
            SettingsProfile::to));
  }

  @Override
  protected Iterable<AccessColumns.Of<SettingsProfile>> rows(QueryContext context) {
    return AccessColumns.all(AccessEntityKind.SETTINGS_PROFILE, SettingsProfile.class, context);
  }
}
