package io.longhouse.engine.system;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code system.privileges}. */
@Register(kind = SystemTable.class, name = "privileges", doc = "What can be granted.")
final class PrivilegesTable extends SystemTable<Privilege> {
  private static final String LEVELS =
      AccessColumns.enumType(
          List.of(
              "GLOBAL",
              "DATABASE",
              "TABLE",
              "DICTIONARY",
              "VIEW",
              "COLUMN",
              "NAMED_COLLECTION",
              "USER_NAME",
              "TABLE_ENGINE",
              "DEFINER",
              "SOURCE"));

  PrivilegesTable() {
    super(
        "privileges",
        new SystemColumns<Privilege>()
            .add("privilege", AccessColumns.privilegeType(), Privilege::sql)
            .add("aliases", "Array(String)", Privilege::aliases)
            .add(
                "level",
                "Nullable(" + LEVELS + ")",
                p -> p.level() == Privilege.Level.GROUP ? null : p.level().name())
            .add(
                "parent_group",
                "Nullable(" + AccessColumns.privilegeType() + ")",
                p -> {
                  Privilege parent = p.parent();
                  return parent == null ? null : parent.sql();
                }));
  }

  @Override
  protected Iterable<Privilege> rows(QueryContext context) {
    return List.of(Privilege.values());
  }
}
