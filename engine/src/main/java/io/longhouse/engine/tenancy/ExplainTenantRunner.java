package io.longhouse.engine.tenancy;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.AlterTenant;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.CreateTenant;
import io.longhouse.sql.ast.CreateTenantSpace;
import io.longhouse.sql.ast.DropTenant;
import io.longhouse.sql.ast.DropTenantSpace;
import io.longhouse.sql.ast.ExplainTenant;
import io.longhouse.sql.ast.GrantTenant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TenantStatement;
import io.longhouse.sql.format.Formatter;
import io.longhouse.tenancy.Compiler;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN TENANT: the statements of ClickHouse's, one a line, that a client of ClickHouse could
 * run; behind {@code --} what they do not say.
 */
@Register(kind = StatementRunner.class, name = "ExplainTenant")
final class ExplainTenantRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    TenantChecks.may(context, Privilege.SHOW_TENANTS);
    return StatementResult.Rows.lines(
        "explain", new Explained(context).lines((ExplainTenant) statement));
  }

  /** The lines as they grow. */
  private static final class Explained {
    private final StatementContext context;
    private final Tenancy tenancy;
    private final List<String> lines = new ArrayList<>();

    Explained(StatementContext context) {
      this.context = context;
      this.tenancy = Tenancy.of(context);
    }

    List<String> lines(ExplainTenant e) {
      TenantStatement statement = e.statement();
      String tenant = e.tenant();
      if (statement != null) {
        statement(statement);
      } else if (tenant != null) {
        Tenancy.Found found = tenancy.require(tenant, e.space());
        tenant(found.space(), found.tenant());
      } else {
        space(tenancy.space(String.valueOf(e.space())));
      }
      return lines;
    }

    private void statement(TenantStatement statement) {
      switch (statement) {
        case CreateTenantSpace c ->
            space(SpaceRunner.made(c, 1, tenancy.store().space(c.name()), tenancy, context));
        case AlterTenantSpace a -> alterSpace(a);
        case DropTenantSpace d -> add(Compiler.dropSpace(tenancy.space(d.name())));
        case CreateTenant c -> {
          TenantSpace space = tenancy.space(c.space());
          Tenant old = tenancy.store().tenant(space.serial(), c.name());
          long serial = old == null ? Long.MAX_VALUE >>> 2 : old.serial();
          tenant(space, TenantRunner.made(c, space, serial, tenancy, context));
        }
        case AlterTenant a -> {
          Tenancy.Found found = tenancy.require(a.name(), a.space());
          tenant(found.space(), TenantRunner.altered(a, found, tenancy.store()));
        }
        case DropTenant d -> {
          Tenancy.Found found = tenancy.require(d.name(), d.space());
          dropTenant(found.space(), found.tenant(), d.withData());
        }
        case GrantTenant g -> {
          List<Tenancy.Found> found = new ArrayList<>();
          g.tenants().forEach(t -> found.add(tenancy.require(t, g.space())));
          add(List.of(GrantTenantRunner.grant(g, found)));
        }
      }
    }

    private void dropTenant(TenantSpace space, Tenant tenant, boolean withData) {
      add(Compiler.dropTenant(space, tenant, withData));
      List<String> others = OwnTablesWork.others(tenancy, space, tenant);
      if (others.isEmpty()) {
        add(Compiler.dropDatabase(tenant));
      } else {
        note(
            "the database "
                + Quoting.identifier(tenant.home())
                + " stays, with what else is in it: "
                + String.join(", ", others));
      }
      if (tenant.isolation() == Isolation.SHARED_TABLE && !withData) {
        note("its rows stay in the shared tables, hidden from all members; WITH DATA deletes them");
      }
    }

    private void alterSpace(AlterTenantSpace a) {
      TenantSpace space = tenancy.space(a.name());
      switch (a.action()) {
        case AlterTenantSpace.AlterTable t -> alterTable(space, t);
        case AlterTenantSpace.AddTable t -> addTable(space, t);
        case AlterTenantSpace.DropTable t -> dropTable(space, t);
        default -> space(AlterSpaceRunner.altered(space, a.action(), tenancy));
      }
    }

    private TenantSpace.Table table(TenantSpace space, Identifier written) {
      String in = written.qualifier();
      String database = in == null ? context.session().database() : in;
      return RolloutChecks.require(space, Identifier.of(database, written.last()));
    }

    private void alterTable(TenantSpace space, AlterTenantSpace.AlterTable a) {
      TenantSpace.Table table = table(space, a.table());
      RolloutChecks.check(space, new AlterTenantSpace.AlterTable(table.identifier(), a.commands()));
      add(List.of(new AlterTable(table.identifier(), null, a.commands())));
      own(
          space,
          (t, model) -> List.of(new AlterTable(model.rowsOf(space, t, table), null, a.commands())));
    }

    private void addTable(TenantSpace space, AlterTenantSpace.AddTable a) {
      TenantSpace.Table table =
          SpaceTables.checked(a.table(), SpaceRunner.nextNumber(space), context);
      SpaceRunner.checkNew(table, space.tables());
      own(space, (t, model) -> model.table(space, t, table));
      add(List.of(Compiler.spaceGrants(space.withTables(List.of(table)))));
      add(List.of(Compiler.openingPolicy(space, table), Compiler.tenantPolicy(space, table)));
    }

    private void dropTable(TenantSpace space, AlterTenantSpace.DropTable d) {
      TenantSpace.Table table = table(space, d.table());
      add(Compiler.dropPolicies(space, table));
      own(space, (t, model) -> model.dropTable(space, t, table));
    }

    /** What is done to the tables of the tenants that have their own, one after the other. */
    private void own(
        TenantSpace space, BiFunction<Tenant, IsolationModel, List<Statement>> statements) {
      for (Tenant t : tenancy.store().bySerial(space.serial(), 0, Integer.MAX_VALUE)) {
        if (OwnTablesWork.has(t)) {
          add(statements.apply(t, IsolationModel.of(t.isolation())));
        }
      }
    }

    private void space(TenantSpace space) {
      add(Compiler.space(space));
      for (TenantSpace.Table t : space.tables()) {
        @Nullable String warning = SpaceTables.warning(t, context);
        if (warning != null) {
          note("warning: " + warning);
        }
      }
      Compiler.beyondClickHouse(space, null).forEach(this::note);
    }

    private void tenant(TenantSpace space, Tenant tenant) {
      add(Compiler.tenant(space, tenant));
      Compiler.beyondClickHouse(space, tenant).forEach(this::note);
    }

    private void add(List<Statement> statements) {
      statements.forEach(s -> lines.add(Formatter.formatOneLine(s) + ";"));
    }

    private void note(String text) {
      lines.add("-- " + text);
    }
  }
}
