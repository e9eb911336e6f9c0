package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.settings.ServerSettings;
import io.longhouse.engine.settings.SettingTable;
import io.longhouse.registry.Register;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.server_settings}: all settings of a server's configuration, with what this one says
 * of them.
 */
@Register(
    kind = SystemTable.class,
    name = "server_settings",
    doc = "The settings of the server's configuration.")
final class ServerSettingsTable extends SystemTable<ServerSettingsTable.Row> {
  record Row(SettingTable.Definition definition, @Nullable String given) {
    String value() {
      return given == null ? definition.defaultValue() : SettingTable.normalize(definition, given);
    }
  }

  ServerSettingsTable() {
    super(
        "server_settings",
        new SystemColumns<Row>()
            .text("name", r -> r.definition.name())
            .text("value", Row::value)
            .text("default", r -> r.definition.defaultValue())
            .flag("changed", r -> r.given != null)
            .text("description", r -> r.definition.doc())
            .text("type", r -> r.definition.type())
            .add(
                "changeable_without_restart",
                "Enum8('No' = 0, 'IncreaseOnly' = 1, 'DecreaseOnly' = 2, 'Yes' = 3)",
                _ -> "No")
            .flag("is_obsolete", r -> r.definition.tier().equals("Obsolete")));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    Map<String, String> given = context.require(LocalEngine.class).config().configuration();
    return ServerSettings.table().all().stream().map(d -> new Row(d, given.get(d.name()))).toList();
  }
}
