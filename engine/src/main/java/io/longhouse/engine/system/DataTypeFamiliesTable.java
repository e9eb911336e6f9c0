package io.longhouse.engine.system;

import io.longhouse.column.type.TypeFactory;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;

/** {@code system.data_type_families}. */
@Register(kind = SystemTable.class, name = "data_type_families", doc = "All data types.")
final class DataTypeFamiliesTable extends SystemTable<RegisteredName> {
  DataTypeFamiliesTable() {
    super(
        "data_type_families",
        new SystemColumns<RegisteredName>()
            .text("name", RegisteredName::name)
            .flag("case_insensitive", RegisteredName::caseInsensitive)
            .text("alias_to", RegisteredName::aliasTo)
            .documentation(RegisteredName::doc));
  }

  @Override
  protected Iterable<RegisteredName> rows(QueryContext context) {
    return RegisteredName.of(TypeFactory.class);
  }
}
