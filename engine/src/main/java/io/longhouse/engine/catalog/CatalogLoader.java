package io.longhouse.engine.catalog;

import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.function.NumbersTable;
import java.util.UUID;

/** Fills the catalog when an engine is opened. */
public final class CatalogLoader {
  private CatalogLoader() {}

  public static void load(LocalEngine engine) {
    Catalog catalog = engine.catalog();
    var system = new MemoryDatabase("system", "Atomic", new UUID(0, 1), "");
    system.addLoaded(
        new NumbersTable(
            TableId.of("system", "numbers"), "number", IntegerType.UINT64, 0, -1, 1, false));
    system.addLoaded(
        new NumbersTable(
            TableId.of("system", "numbers_mt"), "number", IntegerType.UINT64, 0, -1, 1, true));
    system.addLoaded(
        new NumbersTable(
            TableId.of("system", "zeros"), "zero", IntegerType.UINT8, 0, -1, 1, false));
    system.addLoaded(
        new NumbersTable(TableId.of("system", "one"), "dummy", IntegerType.UINT8, 0, 1, 1, false));
    catalog.add(system);
    catalog.add(new MemoryDatabase("default", "Memory", TableId.NO_UUID, ""));
  }
}
