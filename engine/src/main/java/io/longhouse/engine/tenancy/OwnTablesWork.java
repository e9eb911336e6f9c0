package io.longhouse.engine.tenancy;

import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.statement.InternalStatements;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Statement;
import io.longhouse.tenancy.Compiler;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import java.util.List;

/** Makes and drops the tables of tenants. */
final class OwnTablesWork {
  private OwnTablesWork() {}

  /** Carries out statements in the engine's own name. */
  static void run(Tenancy tenancy, List<Statement> statements) {
    if (!statements.isEmpty()) {
      tenancy
          .engine()
          .internally(context -> statements.forEach(s -> InternalStatements.run(s, context)));
    }
  }

  /**
   * A name for the tenant's database that no database has, and that makes names of tables that no
   * table has. The caller keeps others from choosing the same.
   */
  static String home(Tenancy tenancy, TenantSpace space, String tenant, long serial) {
    String plain = space.name() + "_" + tenant.replaceAll("[^A-Za-z0-9_]", "_");
    return isFree(tenancy, space, plain) ? plain : plain + "_" + serial;
  }

  private static boolean isFree(Tenancy tenancy, TenantSpace space, String home) {
    Catalog catalog = tenancy.engine().catalog();
    if (catalog.find(home) != null) {
      return false;
    }
    for (TenantSpace.Table t : space.tables()) {
      if (catalog.find(t.database(), t.name() + "__" + home) != null) {
        return false;
      }
    }
    for (TenantSpace s : tenancy.store().spaces()) {
      for (long pending : s.pending()) {
        Tenant t = tenancy.store().tenant(pending);
        if (t != null && t.home().equals(home)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Makes the tables of a tenant; what was made is dropped again when something fails. */
  static void create(Tenancy tenancy, TenantSpace space, Tenant tenant) {
    List<Statement> statements = Compiler.tables(space, tenant);
    int[] made = {0};
    try {
      tenancy
          .engine()
          .internally(context -> {
            for (Statement s : statements) {
              InternalStatements.run(s, context);
              made[0]++;
            }
          });
    } catch (Throwable e) {
      if (made[0] > 0) {
        dropOwn(tenancy, space, tenant);
      }
      tenancy.store().removeTenant(tenant.serial());
      tenancy.pending(space.serial(), tenant.serial(), false);
      throw e;
    }
  }

  /** Drops what there is of a tenant that was not finished. */
  static void takeBack(Tenancy tenancy, TenantSpace space, Tenant tenant) {
    dropOwn(tenancy, space, tenant);
    tenancy.store().removeTenant(tenant.serial());
  }

  /** Drops a tenant with its tables; in shared tables its rows are deleted. */
  static void drop(Tenancy tenancy, TenantSpace space, Tenant tenant) {
    if (tenant.isolation() == Isolation.SHARED_TABLE) {
      tenancy.engine().internally(context -> deleteRows(space, tenant, context));
    } else {
      dropOwn(tenancy, space, tenant);
    }
    tenancy.store().removeTenant(tenant.serial());
  }

  /** What others have made in the tenant's database stays, and the database with it. */
  private static void dropOwn(Tenancy tenancy, TenantSpace space, Tenant tenant) {
    run(tenancy, Compiler.dropTables(space, tenant));
    Database database = tenancy.engine().catalog().find(tenant.home());
    if (database != null && database.tables().isEmpty()) {
      run(tenancy, Compiler.dropDatabase(tenant));
    }
  }

  /** The tables in the tenant's database that are not there for the space. */
  static List<String> others(Tenancy tenancy, TenantSpace space, Tenant tenant) {
    Database database = has(tenant) ? tenancy.engine().catalog().find(tenant.home()) : null;
    return database == null
        ? List.of()
        : database.tables().stream()
            .map(t -> t.id().name())
            .filter(name -> space.tables().stream().noneMatch(t -> t.name().equals(name)))
            .sorted()
            .toList();
  }

  private static void deleteRows(TenantSpace space, Tenant tenant, StatementContext context) {
    for (TenantSpace.Table t : space.tables()) {
      if (context.catalog().find(t.database(), t.name()) != null) {
        InternalStatements.run(Compiler.deleteRows(t, tenant), context);
      }
    }
  }

  static boolean has(Tenant tenant) {
    return IsolationModel.of(tenant.isolation()).hasOwnTables();
  }
}
