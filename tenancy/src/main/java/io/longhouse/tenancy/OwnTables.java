package io.longhouse.tenancy;

import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * In tables of the tenant's own beside the space's: {@code db.events__HOME}. A database {@code
 * HOME} has an Alias of each under its plain name, so that members need not know the long one.
 */
record OwnTables() implements OwnPlace {
  private static final String INFIX = "__";

  @Override
  public List<Identifier> names(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return List.of(
        Identifier.of(tenant.home(), table.name()),
        Identifier.of(table.database(), table.name() + INFIX + tenant.home()));
  }

  @Override
  public List<Statement> table(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    List<Identifier> names = names(space, tenant, table);
    List<Statement> all = new ArrayList<>(Ddl.ownTable(names.getLast(), table, tenant.id()));
    all.add(Ddl.createAlias(names.getFirst(), names.getLast()));
    return all;
  }
}
