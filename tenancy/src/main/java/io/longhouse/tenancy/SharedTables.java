package io.longhouse.tenancy;

import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import java.util.List;

/**
 * In the space's own tables, under its row policies. A tenant makes nothing: the space's role and
 * policies are there already, and the tenant's setting says which rows.
 */
record SharedTables() implements IsolationModel {
  @Override
  public boolean hasOwnTables() {
    return false;
  }

  @Override
  public String database(TenantSpace space, Tenant tenant) {
    return space.database();
  }

  @Override
  public Identifier rowsOf(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return table.identifier();
  }

  @Override
  public List<Statement> database(Tenant tenant) {
    return List.of();
  }

  @Override
  public List<Statement> table(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return List.of();
  }

  @Override
  public List<Statement> dropTable(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return List.of();
  }

  @Override
  public List<Grant.Privilege> grants(TenantSpace space, Tenant tenant) {
    return List.of();
  }
}
