package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;
import io.longhouse.storage.MergeTreeSettings;
import java.util.Map;

/** {@code system.merge_tree_settings}: the defaults of tables that this server makes. */
@Register(
    kind = SystemTable.class,
    name = "merge_tree_settings",
    doc = "The settings of MergeTree tables.")
final class MergeTreeSettingsTable extends SystemTable<MergeTreeSettingsTable.Row> {
  record Row(MergeTreeSettings.Definition definition, Map<String, String> changed) {
    String name() {
      return definition.name();
    }
  }

  MergeTreeSettingsTable() {
    super(
        "merge_tree_settings",
        new SystemColumns<Row>()
            .text("name", Row::name)
            .text("value", r -> r.changed.getOrDefault(r.name(), r.definition.defaultValue()))
            .text("default", r -> r.definition.defaultValue())
            .flag("changed", r -> r.changed.containsKey(r.name()))
            .text("description", r -> r.definition.description())
            .empty("min", "Nullable(String)")
            .empty("max", "Nullable(String)")
            .empty("disallowed_values", "Array(String)")
            .flag("readonly", _ -> false)
            .text("type", r -> r.definition.type())
            .flag("is_obsolete", r -> r.definition.tier().equals("Obsolete"))
            .add("tier", SettingsTable.TIERS, r -> r.definition.tier()));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    Map<String, String> changed = context.require(LocalEngine.class).config().mergeTree();
    return MergeTreeSettings.definitions().values().stream().map(d -> new Row(d, changed)).toList();
  }
}
