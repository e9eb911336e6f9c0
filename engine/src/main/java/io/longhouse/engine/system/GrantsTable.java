package io.longhouse.engine.system;

import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.GrantRows;
import io.longhouse.engine.access.Role;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.User;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;

/** {@code system.grants}. */
@Register(kind = SystemTable.class, name = "grants", doc = "What is granted to users and roles.")
final class GrantsTable extends SystemTable<GrantRows.Row> {
  GrantsTable() {
    super(
        "grants",
        new SystemColumns<GrantRows.Row>()
            .add("user_name", "Nullable(String)", r -> r.of() instanceof User u ? u.name() : null)
            .add("role_name", "Nullable(String)", r -> r.of() instanceof Role x ? x.name() : null)
            .add("access_type", AccessColumns.privilegeType(), r -> r.privilege().sql())
            .text("access_object", GrantRows.Row::object)
            .add("database", "Nullable(String)", GrantRows.Row::database)
            .add("table", "Nullable(String)", GrantRows.Row::table)
            .add("column", "Nullable(String)", GrantRows.Row::column)
            .flag("is_partial_revoke", GrantRows.Row::partialRevoke)
            .flag("grant_option", GrantRows.Row::grantOption)
            .flag("is_wildcard", GrantRows.Row::wildcard));
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
  protected Iterable<GrantRows.Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<GrantRows.Row> rows(QueryContext context, WantedNames names) {
    AccessControl control = context.require(SessionAccess.class).control();
    return () ->
        AccessColumns.usersAndRoles(control, names)
            .flatMap(e -> GrantRows.of(e).stream())
            .iterator();
  }
}
