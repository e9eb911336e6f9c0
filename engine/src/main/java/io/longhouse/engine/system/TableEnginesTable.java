package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import java.util.function.Predicate;

/** {@code system.table_engines}. */
@Register(kind = SystemTable.class, name = "table_engines", doc = "All table engines.")
final class TableEnginesTable extends SystemTable<Registry.Entry> {
  TableEnginesTable() {
    super(
        "table_engines",
        new SystemColumns<Registry.Entry>()
            .text("name", Registry.Entry::name)
            .flag("supports_settings", can(TableEngine::supportsSettings))
            .empty("supports_skipping_indices", "UInt8")
            .empty("supports_projections", "UInt8")
            .flag("supports_sort_order", can(TableEngine::supportsSortOrder))
            .empty("supports_ttl", "UInt8")
            .flag("supports_replication", e -> e.name().startsWith("Replicated"))
            .flag("supports_deduplication", e -> e.name().startsWith("Replicated"))
            .flag("supports_parallel_insert", can(TableEngine::supportsSortOrder))
            .documentation(Registry.Entry::doc));
  }

  private static Predicate<Registry.Entry> can(Predicate<TableEngine> what) {
    return e -> {
      TableEngine engine = Registry.of(TableEngine.class).find(e.name());
      return engine != null && what.test(engine);
    };
  }

  @Override
  protected Iterable<Registry.Entry> rows(QueryContext context) {
    return Registry.of(TableEngine.class).entries();
  }
}
