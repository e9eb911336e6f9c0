package io.longhouse.engine.system;

import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.Role;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.User;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** {@code system.current_roles}, the chosen ones, and {@code enabled_roles}, those in force. */
@Register(
    kind = SystemTable.class,
    name = "current_roles",
    doc = "The roles that this session has chosen.")
@Register(
    kind = SystemTable.class,
    name = "enabled_roles",
    doc = "The roles in force: the chosen ones and what was granted to them.")
final class SessionRolesTable extends SystemTable<SessionRolesTable.Row> {
  /** A role of this session. */
  record Row(String name, boolean admin, boolean current, boolean byDefault) {}

  private final boolean enabled;

  SessionRolesTable(String name) {
    super(name, columns(name.equals("enabled_roles")));
    this.enabled = name.equals("enabled_roles");
  }

  private static SystemColumns<Row> columns(boolean enabled) {
    var columns =
        new SystemColumns<Row>().text("role_name", Row::name).flag("with_admin_option", Row::admin);
    if (enabled) {
      columns.flag("is_current", Row::current);
    }
    return columns.flag("is_default", Row::byDefault);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    AccessControl control = access.control();
    User user = access.user();
    List<Row> rows = new ArrayList<>();
    for (UUID id : enabled ? access.enabledRoles() : access.currentRoles()) {
      String name = control.nameOf(id);
      if (name != null) {
        boolean admin =
            user != null && user.roles().hasAdminOption(id)
                || access.enabledRoles().stream()
                    .anyMatch(
                        r -> control.find(r) instanceof Role x && x.roles().hasAdminOption(id));
        boolean byDefault =
            user != null && user.roles().contains(id) && user.defaultRoles().contains(id);
        rows.add(new Row(name, admin, access.currentRoles().contains(id), byDefault));
      }
    }
    rows.sort(java.util.Comparator.comparing(Row::name));
    return rows;
  }
}
