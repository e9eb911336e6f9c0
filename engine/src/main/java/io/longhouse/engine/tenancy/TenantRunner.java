package io.longhouse.engine.tenancy;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AlterTenant;
import io.longhouse.sql.ast.CreateTenant;
import io.longhouse.sql.ast.DropTenant;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Statement;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Limits;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP of tenants. */
@Register(kind = StatementRunner.class, name = "CreateTenant")
@Register(kind = StatementRunner.class, name = "AlterTenant")
@Register(kind = StatementRunner.class, name = "DropTenant")
final class TenantRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    switch (statement) {
      case CreateTenant c -> create(c, context);
      case AlterTenant a -> alter(a, context);
      case DropTenant d -> drop(d, context);
      default -> throw new IllegalStateException(statement.toString());
    }
    return StatementResult.DONE;
  }

  // ---- CREATE

  private static void create(CreateTenant c, StatementContext context) {
    TenantChecks.may(context, Privilege.CREATE_TENANT);
    if (c.orReplace()) {
      TenantChecks.may(context, Privilege.DROP_TENANT);
    }
    Tenancy tenancy = Tenancy.of(context);
    TenantSpace space = tenancy.space(c.space());
    Lock tables = tenancy.tables(space).readLock();
    tables.lock();
    try {
      Tenant made = put(c, tenancy, context);
      if (made != null && made.state() == Tenant.State.CREATING) {
        TenantSpace now = tenancy.space(c.space());
        OwnTablesWork.create(tenancy, now, made);
        tenancy.store().put(made.withState(Tenant.State.ACTIVE));
      }
      if (made != null && OwnTablesWork.has(made)) {
        tenancy.pending(made.space(), made.serial(), false);
      }
    } finally {
      tables.unlock();
    }
  }

  /** Puts the record; null when there is nothing to do. */
  private static @Nullable Tenant put(CreateTenant c, Tenancy tenancy, StatementContext context) {
    TenantStore store = tenancy.store();
    tenancy.records().lock();
    try {
      TenantSpace space = tenancy.space(c.space());
      Tenant old = store.tenant(space.serial(), c.name());
      if (old != null && c.ifNotExists()) {
        return null;
      }
      if (old != null && !c.orReplace()) {
        throw new LonghouseException(
            ErrorCode.ACCESS_ENTITY_ALREADY_EXISTS,
            "Tenant "
                + Quoting.backQuoted(c.name())
                + " already exists in space "
                + Quoting.backQuoted(c.space()));
      }
      if (old != null) {
        Tenant replaced = replaced(c, space, old, store, context);
        store.put(replaced);
        return null;
      }
      Tenant made = made(c, space, store.nextSerial(), tenancy, context);
      if (OwnTablesWork.has(made)) {
        if (space.rollout() != null && !space.rollout().templateDone()) {
          throw new LonghouseException(
              ErrorCode.ABORTED,
              "The tables of space "
                  + Quoting.backQuoted(space.name())
                  + " are being changed, a tenant with tables of its own can be created when that"
                  + " is done");
        }
        tenancy.pending(space.serial(), made.serial(), true);
      }
      store.put(made);
      return made;
    } finally {
      tenancy.records().unlock();
    }
  }

  /** What the statement would make, for CREATE and for EXPLAIN. */
  static Tenant made(
      CreateTenant c, TenantSpace space, long serial, Tenancy tenancy, StatementContext context) {
    Names.checkTenant(c.name());
    Isolation isolation = c.isolation() == null ? space.isolation() : c.isolation();
    boolean own = IsolationModel.of(isolation).hasOwnTables();
    Literal id = SpaceTables.id(c.id(), space, context);
    checkFree(id, space, serial, tenancy.store());
    return new Tenant(
        serial,
        space.serial(),
        c.name(),
        id,
        isolation,
        TenantChecks.limits(Limits.NONE, false, c.limits()),
        TenantChecks.settings(c.settings()),
        own ? OwnTablesWork.home(tenancy, space, c.name(), serial) : "",
        own ? Tenant.State.CREATING : Tenant.State.ACTIVE);
  }

  private static void checkFree(Literal id, TenantSpace space, long serial, TenantStore store) {
    Tenant other = store.tenantById(space.serial(), Tenant.idText(id));
    if (other != null && other.serial() != serial) {
      throw new LonghouseException(
          ErrorCode.ACCESS_ENTITY_ALREADY_EXISTS,
          "The id "
              + io.longhouse.sql.format.Formatter.formatOneLine(id)
              + " is taken in space "
              + Quoting.backQuoted(space.name())
              + " by tenant "
              + Quoting.backQuoted(other.name()));
    }
  }

  /** The same tenant with everything but its place as the statement says. */
  private static Tenant replaced(
      CreateTenant c, TenantSpace space, Tenant old, TenantStore store, StatementContext context) {
    Isolation isolation = c.isolation() == null ? space.isolation() : c.isolation();
    Literal id = SpaceTables.id(c.id(), space, context);
    checkFree(id, space, old.serial(), store);
    boolean moves = isolation != old.isolation() || OwnTablesWork.has(old) && !id.equals(old.id());
    if (moves || old.state() != Tenant.State.ACTIVE) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "CREATE OR REPLACE TENANT cannot move rows: drop the tenant first");
    }
    return new Tenant(
        old.serial(),
        old.space(),
        old.name(),
        id,
        isolation,
        TenantChecks.limits(Limits.NONE, false, c.limits()),
        TenantChecks.settings(c.settings()),
        old.home(),
        old.state());
  }

  // ---- ALTER

  private static void alter(AlterTenant a, StatementContext context) {
    TenantChecks.may(context, Privilege.ALTER_TENANT);
    Tenancy tenancy = Tenancy.of(context);
    tenancy.records().lock();
    try {
      if (a.ifExists() && tenancy.find(a.name(), a.space()) == null) {
        return;
      }
      Tenancy.Found found = tenancy.requireActive(a.name(), a.space());
      tenancy.store().put(altered(a, found, tenancy.store()));
    } finally {
      tenancy.records().unlock();
    }
  }

  /** What the statement would make, for ALTER and for EXPLAIN. */
  static Tenant altered(AlterTenant a, Tenancy.Found found, TenantStore store) {
    Tenant tenant = found.tenant();
    Isolation isolation = a.isolation();
    if (isolation != null && isolation != tenant.isolation()) {
      IsolationModel.of(isolation);
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "ALTER TENANT ... ISOLATION does not move a tenant between models yet");
    }
    String name = a.newName();
    if (name != null && !name.equals(tenant.name())) {
      Names.checkTenant(name);
      if (store.tenant(tenant.space(), name) != null) {
        throw new LonghouseException(
            ErrorCode.ACCESS_ENTITY_ALREADY_EXISTS,
            "Tenant " + Quoting.backQuoted(name) + " already exists in the space");
      }
      tenant = tenant.withName(name);
    }
    return tenant
        .withLimits(TenantChecks.limits(tenant.limits(), a.modifyLimits(), a.limits()))
        .withSettings(TenantChecks.settings(tenant.settings(), a.settingsChange()));
  }

  // ---- DROP

  private static void drop(DropTenant d, StatementContext context) {
    TenantChecks.may(context, Privilege.DROP_TENANT);
    Tenancy tenancy = Tenancy.of(context);
    TenantSpace space;
    Tenant tenant;
    tenancy.records().lock();
    try {
      if (d.ifExists() && tenancy.find(d.name(), d.space()) == null) {
        return;
      }
      Tenancy.Found found = tenancy.require(d.name(), d.space());
      space = found.space();
      tenant = found.tenant();
      if (tenant.state() == Tenant.State.CREATING) {
        tenancy.requireActive(d.name(), d.space());
      }
      if (!OwnTablesWork.has(tenant) && !d.withData()) {
        tenancy.store().removeTenant(tenant.serial());
        return;
      }
      tenancy.pending(space.serial(), tenant.serial(), true);
      tenancy.store().put(tenant.withState(Tenant.State.DROPPING));
    } finally {
      tenancy.records().unlock();
    }
    Lock tables = tenancy.tables(space).readLock();
    tables.lock();
    try {
      OwnTablesWork.drop(tenancy, tenancy.space(space.name()), tenant);
      tenancy.pending(space.serial(), tenant.serial(), false);
    } finally {
      tables.unlock();
    }
  }
}
