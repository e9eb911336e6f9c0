package io.longhouse.engine.tenancy;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.engine.statement.SystemQueries;
import io.longhouse.registry.Register;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.ShowCreateTenant;
import io.longhouse.sql.ast.ShowTenants;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import java.util.List;

/** SHOW TENANTS, SHOW TENANT SPACES, SHOW CREATE TENANT. */
@Register(kind = StatementRunner.class, name = "ShowTenants")
@Register(kind = StatementRunner.class, name = "ShowCreateTenant")
final class ShowTenantsRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    TenantChecks.may(context, Privilege.SHOW_TENANTS);
    return switch (statement) {
      case ShowTenants s -> list(s, context);
      case ShowCreateTenant s -> create(s, context);
      default -> throw new IllegalStateException(statement.toString());
    };
  }

  private static StatementResult list(ShowTenants s, StatementContext context) {
    String like = SystemQueries.like("name", s.pattern());
    if (s.spaces()) {
      return SystemQueries.run(
          "SELECT name FROM system.tenant_spaces WHERE 1" + like + " ORDER BY name", context);
    }
    String in = s.space();
    if (in == null) {
      return SystemQueries.run(
          "SELECT name, space FROM system.tenants WHERE 1" + like + " ORDER BY space, name",
          context);
    }
    Tenancy.of(context).space(in);
    return SystemQueries.run(
        "SELECT name FROM system.tenants WHERE space = "
            + Quoting.string(in)
            + like
            + " ORDER BY name",
        context);
  }

  private static StatementResult create(ShowCreateTenant s, StatementContext context) {
    Tenancy tenancy = Tenancy.of(context);
    String title = Formatter.formatOneLine(s).substring("SHOW ".length());
    String tenant = s.tenant();
    Statement made;
    if (tenant == null) {
      made = tenancy.space(String.valueOf(s.space())).statement();
    } else {
      Tenancy.Found found = tenancy.require(tenant, s.space());
      made = found.tenant().statement(found.space());
    }
    return StatementResult.Rows.lines(title, List.of(Formatter.formatOneLine(made)));
  }
}
