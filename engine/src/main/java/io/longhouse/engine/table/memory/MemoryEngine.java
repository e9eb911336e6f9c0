package io.longhouse.engine.table.memory;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;

/** {@code ENGINE = Memory}. */
@Register(
    kind = TableEngine.class,
    name = "Memory",
    doc = "Keeps rows in memory until the server stops.")
final class MemoryEngine implements TableEngine {
  @Override
  public Table create(Definition d) {
    return new MemoryTable(d.id(), d.columns(), d.statement());
  }

  @Override
  public boolean supportsSettings() {
    return true;
  }
}
