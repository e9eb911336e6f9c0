package io.longhouse.engine.system;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.SettingsConstraints;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.settings.SettingTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.registry.Register;

/** {@code system.settings}. Settings have no constraints here; those columns have defaults. */
@Register(kind = SystemTable.class, name = "settings", doc = "The settings of the current query.")
final class SettingsTable extends SystemTable<SettingsTable.Row> {
  static final String TIERS =
      "Enum8('Production' = 0, 'Obsolete' = 4, 'Experimental' = 8, 'Beta' = 12)";

  record Row(SettingTable.Definition definition, Settings settings, SettingsConstraints bounds) {}

  SettingsTable() {
    super(
        "settings",
        new SystemColumns<Row>()
            .text("name", r -> r.definition.name())
            .text("value", r -> r.settings.get(r.definition.name()))
            .flag("changed", r -> r.settings.isChanged(r.definition.name()))
            .text("description", r -> r.definition.doc())
            .add("min", "Nullable(String)", r -> r.bounds.min(r.definition.name()))
            .add("max", "Nullable(String)", r -> r.bounds.max(r.definition.name()))
            .empty("disallowed_values", "Array(String)")
            .flag("readonly", r -> r.bounds.isConst(r.definition.name()))
            .text("type", r -> r.definition.type())
            .text("default", r -> r.definition.defaultValue())
            .text("alias_for", r -> r.definition.aliasFor())
            .flag("is_obsolete", r -> r.definition.tier().equals("Obsolete"))
            .add("tier", TIERS, r -> r.definition.tier()));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    SettingsConstraints bounds = context.require(SessionAccess.class).constraints();
    return Settings.table().all().stream()
        .map(d -> new Row(d, context.settings(), bounds))
        .toList();
  }
}
