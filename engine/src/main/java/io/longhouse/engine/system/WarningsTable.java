package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;

/** {@code system.warnings}. */
@Register(
    kind = SystemTable.class,
    name = "warnings",
    doc = "What an administrator should know of the server.")
final class WarningsTable extends SystemTable<String> {
  WarningsTable() {
    super(
        "warnings",
        new SystemColumns<String>()
            .text("message", message -> message)
            .add("message_format_string", "LowCardinality(String)", message -> message));
  }

  @Override
  protected Iterable<String> rows(QueryContext context) {
    return context.require(LocalEngine.class).warnings().all();
  }
}
