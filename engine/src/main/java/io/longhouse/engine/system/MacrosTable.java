package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;
import java.util.Map;
import java.util.TreeMap;

/** {@code system.macros}: what the configuration lets {@code {name}} stand for. */
@Register(kind = SystemTable.class, name = "macros", doc = "The macros of the configuration.")
final class MacrosTable extends SystemTable<Map.Entry<String, String>> {
  MacrosTable() {
    super(
        "macros",
        new SystemColumns<Map.Entry<String, String>>()
            .text("macro", Map.Entry::getKey)
            .text("substitution", Map.Entry::getValue));
  }

  @Override
  protected Iterable<Map.Entry<String, String>> rows(QueryContext context) {
    return new TreeMap<>(context.require(LocalEngine.class).macros().values()).entrySet();
  }
}
