package io.longhouse.tenancy;

import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import java.util.List;

/** In a database of the tenant's own, in tables with the names of the space's. */
record OwnDatabase() implements OwnPlace {
  @Override
  public List<Identifier> names(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return List.of(Identifier.of(tenant.home(), table.name()));
  }

  @Override
  public List<Statement> table(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return Ddl.ownTable(rowsOf(space, tenant, table), table, tenant.id());
  }
}
