package io.longhouse.engine.table.memory;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;

/** {@code ENGINE = Null}: takes rows and forgets them; views on it see them pass. */
@Register(kind = TableEngine.class, name = "Null", doc = "Takes rows and keeps none.")
final class NullEngine implements TableEngine {
  @Override
  public Table create(Definition d) {
    return new NullTable(d.id(), d.columns(), d.statement());
  }
}
