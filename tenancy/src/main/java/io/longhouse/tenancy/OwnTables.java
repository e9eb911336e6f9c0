package io.longhouse.tenancy;

import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * In tables of the tenant's own beside the space's: {@code db.events__HOME}. A database {@code
 * HOME} has an Alias of each under its plain name, so that members need not know the long one.
 */
record OwnTables() implements IsolationModel {
  private static final String INFIX = "__";

  @Override
  public boolean hasOwnTables() {
    return true;
  }

  @Override
  public String database(TenantSpace space, Tenant tenant) {
    return tenant.home();
  }

  @Override
  public Identifier rowsOf(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return Identifier.of(table.database(), table.name() + INFIX + tenant.home());
  }

  private static Identifier alias(Tenant tenant, TenantSpace.Table table) {
    return Identifier.of(tenant.home(), table.name());
  }

  @Override
  public List<Statement> database(Tenant tenant) {
    return List.of(Ddl.createDatabase(tenant.home()));
  }

  @Override
  public List<Statement> table(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    Identifier rows = rowsOf(space, tenant, table);
    List<Statement> all = new ArrayList<>(Ddl.ownTable(rows, table, tenant.id()));
    all.add(Ddl.createAlias(alias(tenant, table), rows));
    return all;
  }

  @Override
  public List<Statement> dropTable(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return List.of(
        Ddl.dropTable(alias(tenant, table)), Ddl.dropTable(rowsOf(space, tenant, table)));
  }

  @Override
  public List<Grant.Privilege> grants(TenantSpace space, Tenant tenant) {
    List<Grant.Privilege> all = new ArrayList<>();
    for (TenantSpace.Table t : space.tables()) {
      all.addAll(Ddl.privileges(alias(tenant, t)));
      all.addAll(Ddl.privileges(rowsOf(space, tenant, t)));
    }
    return all;
  }
}
