package io.longhouse.engine.tenancy;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
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
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN TENANT: the statements of ClickHouse's, one a line, that a client of ClickHouse could
 * run; behind {@code --} what they do not say.
 */
@Register(kind = StatementRunner.class, name = "ExplainTenant")
final class ExplainTenantRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    TenantChecks.may(context, null, Privilege.SHOW_TENANTS);
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
          add(Compiler.dropTenant(found.space(), found.tenant(), d.withData()));
          if (found.tenant().isolation() == Isolation.SHARED_TABLE && !d.withData()) {
            note(
                "its rows stay in the shared tables, hidden from all members; WITH DATA deletes"
                    + " them");
          }
        }
        case GrantTenant g -> {
          List<Tenancy.Found> found = new ArrayList<>();
          g.tenants().forEach(t -> found.add(tenancy.require(t, g.space())));
          add(List.of(GrantTenantRunner.grant(g, found)));
        }
      }
    }

    private void alterSpace(AlterTenantSpace a) {
      TenantSpace space = tenancy.space(a.name());
      if (a.action() instanceof AlterTenantSpace.AlterTable t) {
        alterTable(space, t);
      } else {
        space(AlterSpaceRunner.altered(space, a.action(), tenancy));
      }
    }

    private void alterTable(TenantSpace space, AlterTenantSpace.AlterTable a) {
      String in = a.table().qualifier();
      var name = Identifier.of(in == null ? context.session().database() : in, a.table().last());
      TenantSpace.Table table = RolloutChecks.require(space, name);
      RolloutChecks.check(space, new AlterTenantSpace.AlterTable(name, a.commands()));
      add(List.of(new AlterTable(name, null, a.commands())));
      for (Tenant t : tenancy.store().bySerial(space.serial(), 0, Integer.MAX_VALUE)) {
        if (OwnTablesWork.has(t)) {
          var rows = IsolationModel.of(t.isolation()).rowsOf(space, t, table);
          add(List.of(new AlterTable(rows, null, a.commands())));
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
