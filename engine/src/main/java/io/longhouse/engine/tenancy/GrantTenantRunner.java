package io.longhouse.engine.tenancy;

import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.AccessEntity;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.User;
import io.longhouse.engine.statement.InternalStatements;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.GrantTenant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UserName;
import io.longhouse.tenancy.GeneratedId;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** GRANT TENANT and REVOKE TENANT: those of the tenants' roles, of one tenant of a space each. */
@Register(kind = StatementRunner.class, name = "GrantTenant")
final class GrantTenantRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var g = (GrantTenant) statement;
    Tenancy tenancy = Tenancy.of(context);
    tenancy.records().lock();
    try {
      List<Tenancy.Found> found = new ArrayList<>();
      for (String name : g.tenants()) {
        found.add(tenancy.requireActive(name, g.space()));
      }
      if (!g.revoke()) {
        check(found, g.grantees(), tenancy, context);
      }
      InternalStatements.run(grant(g, found), context);
    } finally {
      tenancy.records().unlock();
    }
    return StatementResult.DONE;
  }

  /** The same with the tenants' roles. */
  static Grant grant(GrantTenant g, List<Tenancy.Found> tenants) {
    List<UserName> roles = new ArrayList<>();
    for (Tenancy.Found f : tenants) {
      String role = Names.tenantRole(f.space().name(), f.tenant().name());
      roles.add(new UserName(Identifier.of(role), null));
    }
    return new Grant(
        g.revoke(),
        null,
        false,
        List.of(),
        new RoleSet(false, false, false, roles, List.of(), false),
        g.grantees(),
        false,
        false);
  }

  private static void check(
      List<Tenancy.Found> tenants, RoleSet grantees, Tenancy tenancy, StatementContext context) {
    SessionAccess access = TenantChecks.access(context);
    AccessControl control = access.control();
    if (grantees.all()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "GRANT TENANT names its users: nobody belongs to a tenant by" + " not being named");
    }
    for (UserName name : grantees.names()) {
      UUID id = control.find(AccessEntityKind.USER, name.fullName());
      AccessEntity e = id == null ? null : control.find(id);
      if (e instanceof User u) {
        tenants.forEach(f -> checkOne(f, u, tenancy));
      }
    }
    User current = access.user();
    if (grantees.currentUser() && current != null) {
      tenants.forEach(f -> checkOne(f, current, tenancy));
    }
    for (Tenancy.Found a : tenants) {
      for (Tenancy.Found b : tenants) {
        if (a.space().serial() == b.space().serial() && !a.tenant().equals(b.tenant())) {
          throw second("Nobody", a, b.tenant());
        }
      }
    }
  }

  private static void checkOne(Tenancy.Found wanted, User user, Tenancy tenancy) {
    for (UUID role : user.roles().ids()) {
      GeneratedId g = GeneratedId.of(role);
      if (g != null && g.kind() == GeneratedId.Kind.TENANT_ROLE) {
        Tenant other = tenancy.store().tenant(g.serial());
        if (other != null
            && other.space() == wanted.space().serial()
            && other.serial() != wanted.tenant().serial()) {
          throw second("User " + Quoting.backQuoted(user.name()), wanted, other);
        }
      }
    }
  }

  private static LonghouseException second(String who, Tenancy.Found wanted, Tenant other) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        who
            + " can belong to one tenant of space "
            + Quoting.backQuoted(wanted.space().name())
            + " only, not to both "
            + Quoting.backQuoted(other.name())
            + " and "
            + Quoting.backQuoted(wanted.tenant().name())
            + ": REVOKE TENANT "
            + Quoting.identifier(other.name())
            + " first");
  }
}
