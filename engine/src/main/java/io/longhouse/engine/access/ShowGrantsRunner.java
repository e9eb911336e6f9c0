package io.longhouse.engine.access;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.ShowGrants;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** SHOW GRANTS: one's own, or those of others for whom SHOW USERS and SHOW ROLES are granted. */
@Register(kind = StatementRunner.class, name = "ShowGrants")
final class ShowGrantsRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var s = (ShowGrants) statement;
    SessionAccess access = context.query().require(SessionAccess.class);
    List<String> lines = new ArrayList<>();
    for (AccessEntity e : chosen(s.grantees(), context, access)) {
      for (Grant g : grants(e, s, access)) {
        lines.add(Formatter.formatOneLine(g));
      }
    }
    String title = Formatter.formatOneLine(s).substring("SHOW ".length());
    return StatementResult.Rows.lines(title, lines);
  }

  private static List<Grant> grants(AccessEntity e, ShowGrants s, SessionAccess access) {
    AccessControl control = access.control();
    AccessEntity shown = e;
    if (s.isFinal() || s.withImplicit()) {
      AccessRights rights = e instanceof User u ? u.rights() : ((Role) e).rights();
      GrantedRoles roles = e instanceof User u ? u.roles() : ((Role) e).roles();
      if (s.isFinal()) {
        AccessRights all = rights.copy();
        Set<UUID> seen = new LinkedHashSet<>();
        roles.ids().forEach(r -> collect(r, control, seen, all));
        rights = all;
        roles = GrantedRoles.NONE;
      }
      if (s.withImplicit()) {
        rights = rights.withImplied();
      }
      shown =
          e instanceof User u
              ? u.withGrants(rights, roles)
              : new Role(e.id(), e.name(), rights, roles, ((Role) e).settings());
    }
    return EntityText.grants(shown, control::nameOf);
  }

  private static void collect(UUID id, AccessControl control, Set<UUID> seen, AccessRights into) {
    if (seen.add(id) && control.find(id) instanceof Role r) {
      into.add(r.rights());
      r.roles().ids().forEach(x -> collect(x, control, seen, into));
    }
  }

  private static List<AccessEntity> chosen(
      @org.jspecify.annotations.Nullable RoleSet set,
      StatementContext context,
      SessionAccess access) {
    AccessControl control = access.control();
    User own = access.user();
    if (set == null || set.currentUser() && set.names().isEmpty()) {
      return own == null ? List.of() : List.of(own);
    }
    Subjects s =
        new LiveReferences(context).subjects(set, AccessEntityKind.USER, AccessEntityKind.ROLE);
    Set<UUID> ids = new LinkedHashSet<>(s.ids());
    if (s.all()) {
      if (access.isGranted(Privilege.SHOW_USERS)) {
        ids.addAll(control.ids(AccessEntityKind.USER));
      }
      if (access.isGranted(Privilege.SHOW_ROLES)) {
        ids.addAll(control.ids(AccessEntityKind.ROLE));
      }
      ids.removeAll(s.except());
    }
    List<AccessEntity> out = new ArrayList<>();
    for (UUID id : ids) {
      AccessEntity e = control.find(id);
      if (e == null) {
        continue;
      }
      boolean mine = own != null && (id.equals(own.id()) || access.enabledRoles().contains(id));
      if (!mine) {
        access.check(e instanceof User ? Privilege.SHOW_USERS : Privilege.SHOW_ROLES);
      }
      out.add(e);
    }
    out.sort(Comparator.comparing(AccessEntity::name));
    return out;
  }
}
