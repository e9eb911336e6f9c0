package io.longhouse.tenancy;

import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tenant has tables and a database of its own; a member finds the tables in the database. */
sealed interface OwnPlace extends IsolationModel permits OwnTables, OwnDatabase {
  /** What is the tenant's for a table of the space: the one with the rows is last. */
  List<Identifier> names(TenantSpace space, Tenant tenant, TenantSpace.Table table);

  @Override
  default boolean hasOwnTables() {
    return true;
  }

  @Override
  default String database(TenantSpace space, Tenant tenant) {
    return tenant.home();
  }

  @Override
  default Identifier rowsOf(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return names(space, tenant, table).getLast();
  }

  @Override
  default List<Statement> database(Tenant tenant) {
    return List.of(Ddl.createDatabase(tenant.home()));
  }

  @Override
  default List<Statement> dropTable(TenantSpace space, Tenant tenant, TenantSpace.Table table) {
    return names(space, tenant, table).stream().map(Ddl::dropTable).toList();
  }

  @Override
  default List<Grant.Privilege> grants(TenantSpace space, Tenant tenant) {
    List<Grant.Privilege> all = new ArrayList<>();
    for (TenantSpace.Table t : space.tables()) {
      names(space, tenant, t).forEach(name -> all.addAll(Ddl.privileges(name)));
    }
    return all;
  }
}
