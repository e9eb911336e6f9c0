package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.registry.Register;

/** {@code system.table_functions}. */
@Register(kind = SystemTable.class, name = "table_functions", doc = "All table functions.")
final class TableFunctionsTable extends SystemTable<RegisteredName> {
  TableFunctionsTable() {
    super(
        "table_functions",
        new SystemColumns<RegisteredName>()
            .text("name", RegisteredName::name)
            .text("description", RegisteredName::doc)
            .flag("allow_readonly", _ -> true));
  }

  @Override
  protected Iterable<RegisteredName> rows(QueryContext context) {
    return RegisteredName.of(TableFunction.class);
  }
}
