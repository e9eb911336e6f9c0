package io.longhouse.engine.tenancy;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.CreateTenantSpace;
import io.longhouse.sql.ast.DropTenantSpace;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Statement;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Limits;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.TenantSpace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE and DROP of tenant spaces. */
@Register(kind = StatementRunner.class, name = "CreateTenantSpace")
@Register(kind = StatementRunner.class, name = "DropTenantSpace")
final class SpaceRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    switch (statement) {
      case CreateTenantSpace c -> create(c, context);
      case DropTenantSpace d -> drop(d, context);
      default -> throw new IllegalStateException(statement.toString());
    }
    return StatementResult.DONE;
  }

  private static void create(CreateTenantSpace c, StatementContext context) {
    TenantChecks.may(context, Privilege.CREATE_TENANT);
    if (c.orReplace()) {
      TenantChecks.may(context, Privilege.DROP_TENANT);
    }
    Tenancy tenancy = Tenancy.of(context);
    tenancy.records().lock();
    try {
      TenantSpace old = tenancy.store().space(c.name());
      if (old != null && c.ifNotExists()) {
        return;
      }
      if (old != null && !c.orReplace()) {
        throw new LonghouseException(
            ErrorCode.ACCESS_ENTITY_ALREADY_EXISTS,
            "Tenant space " + Quoting.backQuoted(c.name()) + " already exists");
      }
      long serial = old == null ? tenancy.store().nextSerial() : old.serial();
      tenancy.store().put(made(c, serial, old, tenancy, context));
    } finally {
      tenancy.records().unlock();
    }
  }

  /** What the statement would make, for CREATE and for EXPLAIN. */
  static TenantSpace made(
      CreateTenantSpace c,
      long serial,
      @Nullable TenantSpace old,
      Tenancy tenancy,
      StatementContext context) {
    Names.checkSpace(c.name());
    Isolation isolation = c.isolation() == null ? Isolation.SHARED_TABLE : c.isolation();
    IsolationModel.of(isolation);
    List<TenantSpace.Table> tables = tables(c, old, context);
    boolean sameTables = old == null || old.tables().equals(tables);
    if (old != null && !sameTables && tenancy.store().count(old.serial()) > 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Tenant space "
              + Quoting.backQuoted(c.name())
              + " has tenants: ALTER TENANT SPACE adds and drops tables");
    }
    String comment = c.comment();
    return new TenantSpace(
        serial,
        c.name(),
        tables,
        isolation,
        TenantChecks.limits(Limits.NONE, false, c.limits()),
        TenantChecks.settings(c.settings()),
        comment == null ? "" : comment,
        old == null ? List.of() : old.pending(),
        old == null ? null : old.rollout());
  }

  private static List<TenantSpace.Table> tables(
      CreateTenantSpace c, @Nullable TenantSpace old, StatementContext context) {
    List<TenantSpace.Table> tables = new ArrayList<>();
    for (CreateTenantSpace.SpaceTable t : c.tables()) {
      TenantSpace.Table made = SpaceTables.checked(t, tables.size() + 1, context);
      checkNew(made, tables);
      tables.add(made);
    }
    if (old == null) {
      return tables;
    }
    // The same tables in another order keep their numbers.
    List<TenantSpace.Table> kept = new ArrayList<>();
    for (TenantSpace.Table t : tables) {
      TenantSpace.Table before = old.table(t.database(), t.name());
      int number = before == null ? nextNumber(old) + kept.size() : before.number();
      kept.add(new TenantSpace.Table(number, t.database(), t.name(), t.key()));
    }
    return kept;
  }

  static int nextNumber(TenantSpace space) {
    int max = 0;
    for (TenantSpace.Table t : space.tables()) {
      max = Math.max(max, t.number());
    }
    return max + 1;
  }

  /** All tables of a space lie in one database, so that members have one place for all. */
  static void checkNew(TenantSpace.Table table, List<TenantSpace.Table> before) {
    for (TenantSpace.Table t : before) {
      if (!t.database().equals(table.database())) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "The tables of a tenant space lie in one database, which members find them in: "
                + Quoting.identifier(t.database())
                + " and "
                + Quoting.identifier(table.database())
                + " are two");
      }
      if (t.name().equals(table.name())) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Table " + Quoting.identifier(t.name()) + " is named twice in the tenant space");
      }
    }
  }

  private static void drop(DropTenantSpace d, StatementContext context) {
    TenantChecks.may(context, Privilege.DROP_TENANT);
    Tenancy tenancy = Tenancy.of(context);
    tenancy.records().lock();
    try {
      if (d.ifExists() && tenancy.store().space(d.name()) == null) {
        return;
      }
      TenantSpace space = tenancy.space(d.name());
      long tenants = tenancy.store().count(space.serial());
      if (tenants > 0) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Tenant space "
                + Quoting.backQuoted(d.name())
                + " has "
                + tenants
                + " tenants: they have to be dropped first");
      }
      tenancy.store().removeSpace(space.serial());
    } finally {
      tenancy.records().unlock();
    }
  }
}
