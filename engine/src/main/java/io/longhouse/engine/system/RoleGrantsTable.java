package io.longhouse.engine.system;

import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.AccessEntity;
import io.longhouse.engine.access.GrantedRoles;
import io.longhouse.engine.access.Role;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.User;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** {@code system.role_grants}. */
@Register(
    kind = SystemTable.class,
    name = "role_grants",
    doc = "Which roles are granted to users and roles.")
final class RoleGrantsTable extends SystemTable<RoleGrantsTable.Row> {
  /** A role of somebody. */
  record Row(AccessEntity of, UUID role, String name, boolean admin) {}

  RoleGrantsTable() {
    super(
        "role_grants",
        new SystemColumns<Row>()
            .add("user_name", "Nullable(String)", r -> r.of instanceof User u ? u.name() : null)
            .add("role_name", "Nullable(String)", r -> r.of instanceof Role x ? x.name() : null)
            .text("granted_role_name", Row::name)
            .add("granted_role_id", "UUID", r -> r.role.toString())
            .flag(
                "granted_role_is_default",
                r -> !(r.of instanceof User u) || u.defaultRoles().contains(r.role))
            .flag("with_admin_option", Row::admin));
  }

  @Override
  protected String databaseColumn() {
    return "user_name";
  }

  @Override
  protected String tableColumn() {
    return "role_name";
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    AccessControl control = context.require(SessionAccess.class).control();
    return () ->
        AccessColumns.usersAndRoles(control, names)
            .flatMap(e -> of(e, control).stream())
            .iterator();
  }

  private static List<Row> of(AccessEntity e, AccessControl control) {
    List<Row> rows = new ArrayList<>();
    GrantedRoles granted = e instanceof User u ? u.roles() : ((Role) e).roles();
    granted
        .roles()
        .forEach((id, admin) -> {
          String name = control.nameOf(id);
          if (name != null) {
            rows.add(new Row(e, id, name, admin));
          }
        });
    rows.sort(Comparator.comparing(Row::name)); // their ids are chance
    return rows;
  }
}
