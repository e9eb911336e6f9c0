package io.longhouse.engine.system;

import io.longhouse.engine.access.Role;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AccessEntityKind;

/** {@code system.roles}. */
@Register(kind = SystemTable.class, name = "roles", doc = "The roles.")
final class RolesTable extends SystemTable<AccessColumns.Of<Role>> {
  RolesTable() {
    super(
        "roles",
        new SystemColumns<AccessColumns.Of<Role>>()
            .text("name", r -> r.entity().name())
            .add("id", "UUID", r -> r.entity().id().toString())
            .text("storage", r -> r.control().storageOf(r.entity().id())));
  }

  @Override
  protected String tableColumn() {
    return "name";
  }

  @Override
  protected Iterable<AccessColumns.Of<Role>> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<AccessColumns.Of<Role>> rows(QueryContext context, WantedNames names) {
    return AccessColumns.all(AccessEntityKind.ROLE, Role.class, context, names.tableRanges());
  }
}
