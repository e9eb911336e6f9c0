package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code system.server_settings}: what the configuration says. Keys that it does not name are not
 * listed, and all that are count as changed.
 */
@Register(
    kind = SystemTable.class,
    name = "server_settings",
    doc = "What the server's configuration says.")
final class ServerSettingsTable extends SystemTable<Map.Entry<String, String>> {
  ServerSettingsTable() {
    super(
        "server_settings",
        new SystemColumns<Map.Entry<String, String>>()
            .text("name", Map.Entry::getKey)
            .text("value", Map.Entry::getValue)
            .empty("default", "String")
            .flag("changed", _ -> true)
            .empty("description", "String")
            .text("type", _ -> "String")
            .add(
                "changeable_without_restart",
                "Enum8('No' = 0, 'IncreaseOnly' = 1, 'DecreaseOnly' = 2, 'Yes' = 3)",
                _ -> "No")
            .flag("is_obsolete", _ -> false));
  }

  @Override
  Iterable<Map.Entry<String, String>> rows(QueryContext context) {
    return new TreeMap<>(context.require(LocalEngine.class).config().configuration()).entrySet();
  }
}
