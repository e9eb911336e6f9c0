package io.longhouse.engine.access;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.Statement;
import io.longhouse.tenancy.GeneratedId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** GRANT and REVOKE: all of a statement is checked before any of it is done. */
@Register(kind = StatementRunner.class, name = "Grant")
final class GrantRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var g = (Grant) statement;
    SessionAccess access = context.query().require(SessionAccess.class);
    var references = new LiveReferences(context);
    List<AccessEntity> grantees = grantees(g.grantees(), references, access);
    RoleSet roles = g.roles();
    if (roles != null) {
      roles(g, roles, grantees, references, access);
    } else {
      rights(g, grantees, context, access);
    }
    return StatementResult.DONE;
  }

  private static List<AccessEntity> grantees(
      RoleSet set, References references, SessionAccess access) {
    AccessControl control = access.control();
    Subjects s = references.subjects(set, AccessEntityKind.USER, AccessEntityKind.ROLE);
    Set<UUID> ids = new LinkedHashSet<>(s.ids());
    if (s.all()) {
      EntityRunner.usersAndRoles().forEach(k -> ids.addAll(control.ids(k)));
      ids.removeAll(s.except());
      ids.removeIf(id -> GeneratedId.of(id) != null); // roles of tenants get nothing by hand
    }
    List<AccessEntity> out = new ArrayList<>();
    for (UUID id : ids) {
      AccessEntity e = control.find(id);
      if (e != null) {
        out.add(e);
      }
    }
    return out;
  }

  private static void checkGrantee(AccessEntity grantee, SessionAccess access) {
    User by = access.user();
    if (by != null && !by.grantees().contains(grantee.id())) {
      throw new LonghouseException(
          ErrorCode.ACCESS_DENIED,
          AccessControl.described(grantee.kind(), grantee.name()) + " is not allowed as grantee");
    }
  }

  // ---- Roles

  private static void roles(
      Grant g,
      RoleSet written,
      List<AccessEntity> grantees,
      References references,
      SessionAccess access) {
    Subjects roles = references.subjects(written, AccessEntityKind.ROLE);
    AccessControl control = access.control();
    for (AccessEntity e : grantees) {
      if (!g.revoke()) {
        checkGrantee(e, access);
      }
      for (UUID role : chosen(roles, e, g.revoke(), control)) {
        if (!access.hasAdminOption(role)) {
          throw new LonghouseException(
              ErrorCode.ACCESS_DENIED,
              access.userName()
                  + ": Not enough privileges. To execute this query, it's necessary to have the"
                  + " role "
                  + io.longhouse.sql.Quoting.identifier(String.valueOf(control.nameOf(role)))
                  + " granted with ADMIN option.");
        }
      }
    }
    for (AccessEntity e : grantees) {
      control.update(e.id(), old -> withRoles(old, g, chosen(roles, old, g.revoke(), control)));
    }
  }

  /** The roles that are meant; those revoked are only among those that were granted. */
  private static Set<UUID> chosen(
      Subjects roles, AccessEntity of, boolean revoke, AccessControl control) {
    if (!roles.all()) {
      return roles.ids();
    }
    Set<UUID> all =
        new LinkedHashSet<>(revoke ? rolesOf(of).ids() : control.ids(AccessEntityKind.ROLE));
    all.removeAll(roles.except());
    if (!revoke) {
      all.removeIf(id -> GeneratedId.of(id) != null); // nobody is every tenant's
    }
    all.remove(of.id());
    return all;
  }

  private static GrantedRoles rolesOf(AccessEntity e) {
    return e instanceof User u ? u.roles() : ((Role) e).roles();
  }

  private static AccessRights rightsOf(AccessEntity e) {
    return e instanceof User u ? u.rights() : ((Role) e).rights();
  }

  private static AccessEntity with(AccessEntity e, AccessRights rights, GrantedRoles roles) {
    return e instanceof User u
        ? u.withGrants(rights, roles)
        : new Role(e.id(), e.name(), rights, roles, ((Role) e).settings());
  }

  private static AccessEntity withRoles(AccessEntity e, Grant g, Set<UUID> chosen) {
    GrantedRoles roles = g.replaceOption() ? GrantedRoles.NONE : rolesOf(e);
    for (UUID role : chosen) {
      roles = g.revoke() ? roles.without(role, g.withOption()) : roles.with(role, g.withOption());
    }
    return with(e, rightsOf(e), roles);
  }

  // ---- Rights

  private static void rights(
      Grant g, List<AccessEntity> grantees, StatementContext context, SessionAccess access) {
    List<GrantElement> elements =
        GrantElement.of(g.privileges(), context.session().database(), !g.revoke());
    AccessRights current = null;
    if (g.currentGrants()) {
      current = new AccessRights();
      for (GrantElement e : elements) {
        current.grant(e);
      }
      current.retain(access.granted().grantableOnly());
    } else if (g.revoke()) {
      checkRevoke(elements, grantees, access);
    } else {
      for (GrantElement e : elements) {
        access.check(e.withGrantOption(true));
      }
    }
    for (AccessEntity e : grantees) {
      if (!g.revoke()) {
        checkGrantee(e, access);
      }
      if (g.replaceOption()) {
        checkRevoke(rightsOf(e).elements(), List.of(e), access);
      }
    }
    List<GrantElement> given = current == null ? elements : current.elements();
    for (AccessEntity e : grantees) {
      access.control().update(e.id(), old -> withRights(old, g, given));
    }
  }

  /** Who revokes must be able to grant, if not all that is named, then what would be lost. */
  private static void checkRevoke(
      List<GrantElement> elements, List<AccessEntity> grantees, SessionAccess access) {
    if (elements.stream().allMatch(e -> access.isGranted(e.withGrantOption(true)))) {
      return;
    }
    for (AccessEntity grantee : grantees) {
      var named = new AccessRights();
      elements.stream()
          .filter(e -> !e.partialRevoke())
          .forEach(e -> named.grant(e.withGrantOption(false)));
      named.retain(rightsOf(grantee));
      for (GrantElement e : named.elements()) {
        if (!e.partialRevoke()) {
          access.check(e.withGrantOption(true));
        }
      }
    }
  }

  private static AccessEntity withRights(AccessEntity e, Grant g, List<GrantElement> given) {
    AccessRights rights = g.replaceOption() ? new AccessRights() : rightsOf(e).copy();
    for (GrantElement x : given) {
      GrantElement element = x.withGrantOption(g.withOption());
      if (g.revoke() || x.partialRevoke()) {
        rights.revoke(element);
      } else {
        rights.grant(element);
      }
    }
    return with(e, rights, rolesOf(e));
  }
}
