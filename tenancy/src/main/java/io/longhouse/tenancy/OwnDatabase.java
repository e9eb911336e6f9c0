package io.longhouse.tenancy;

import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/** In a database of the tenant's own, in tables with the names of the space's. */
record OwnDatabase() implements IsolationModel {
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
    return Identifier.of(tenant.home(), table.name());
  }

  @Override
  public List<Statement> database(Tenant tenant) {
    return List.of(Ddl.createDatabase(tenant.home()));
  }

  @Override
  public List<Statement> table(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return Ddl.ownTable(rowsOf(space, tenant, table), table, tenant.id());
  }

  @Override
  public List<Statement> dropTable(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return List.of(Ddl.dropTable(rowsOf(space, tenant, table)));
  }

  @Override
  public List<Grant.Privilege> grants(TenantSpace space, Tenant tenant) {
    List<Grant.Privilege> all = new ArrayList<>();
    for (TenantSpace.Table t : space.tables()) {
      all.addAll(Ddl.privileges(rowsOf(space, tenant, t)));
    }
    return all;
  }
}
