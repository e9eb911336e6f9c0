package io.longhouse.engine.access;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.SetRole;
import io.longhouse.sql.ast.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** SET ROLE, for the session, and SET DEFAULT ROLE, for ever. */
@Register(kind = StatementRunner.class, name = "SetRole")
final class SetRoleRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var s = (SetRole) statement;
    SessionAccess access = context.query().require(SessionAccess.class);
    var references = new LiveReferences(context);
    switch (s.kind()) {
      case SET_ROLE_DEFAULT -> context.query().require(SessionUser.class).roles(null);
      case SET_ROLE -> {
        Subjects roles = references.subjects(s.roles(), AccessEntityKind.ROLE);
        User user = access.user();
        GrantedRoles granted = user == null ? GrantedRoles.NONE : user.roles();
        context.query().require(SessionUser.class).roles(chosen(roles, granted, access));
      }
      case SET_DEFAULT_ROLE -> {
        Subjects roles = references.subjects(s.roles(), AccessEntityKind.ROLE);
        Subjects users = references.subjects(s.to(), AccessEntityKind.USER);
        AccessControl control = access.control();
        Set<UUID> ids = new HashSet<>(users.ids());
        if (users.all()) {
          ids.addAll(control.ids(AccessEntityKind.USER));
          ids.removeAll(users.except());
        }
        for (UUID id : ids) {
          access.check(Privilege.ALTER_USER, String.valueOf(control.nameOf(id)));
          if (control.find(id) instanceof User u) {
            chosen(roles, u.roles(), access);
          }
        }
        ids.forEach(id -> control.update(id, e -> ((User) e).withDefaultRoles(roles)));
      }
    }
    return StatementResult.DONE;
  }

  private static Set<UUID> chosen(Subjects roles, GrantedRoles granted, SessionAccess access) {
    Set<UUID> chosen = new HashSet<>();
    for (UUID role : granted.ids()) {
      if (roles.contains(role)) {
        chosen.add(role);
      }
    }
    for (UUID role : roles.ids()) {
      if (!granted.contains(role)) {
        throw new LonghouseException(
            ErrorCode.SET_NON_GRANTED_ROLE,
            AccessControl.described(
                    AccessEntityKind.ROLE, String.valueOf(access.control().nameOf(role)))
                + " should be granted to set current");
      }
    }
    return chosen;
  }
}
