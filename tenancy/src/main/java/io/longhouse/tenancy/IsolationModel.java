package io.longhouse.tenancy;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Statement;
import java.util.List;

/**
 * Where the rows of a tenant are and how its members come to them. Whatever the model, a member
 * says {@code events} for the table {@code events} of the space.
 */
public sealed interface IsolationModel permits SharedTables, OwnPlace {
  /**
   * @throws LonghouseException NOT_IMPLEMENTED (48) for models that a single server does not have
   */
  static IsolationModel of(Isolation isolation) {
    return switch (isolation) {
      case SHARED_TABLE -> new SharedTables();
      case TABLE -> new OwnTables();
      case DATABASE -> new OwnDatabase();
      case WAREHOUSE ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "ISOLATION WAREHOUSE needs a cluster with shared storage");
      case SERVICE ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "ISOLATION SERVICE cannot be made from inside a service: it is created through the"
                  + " cloud's API");
    };
  }

  /** Whether a tenant has tables of its own, which then must be made and altered one by one. */
  boolean hasOwnTables();

  /** The database in which members find the tables under their plain names. */
  String database(TenantSpace space, Tenant tenant);

  /** The table that has the tenant's rows. */
  Identifier rowsOf(TenantSpace space, Tenant tenant, TenantSpace.Table table);

  /** What makes the database, before any table. */
  List<Statement> database(Tenant tenant);

  /** What makes the tenant's table out of the space's. */
  List<Statement> table(TenantSpace space, Tenant tenant, TenantSpace.Table table);

  /** What removes what {@link #table} made, whether or not all of it is there. */
  List<Statement> dropTable(TenantSpace space, Tenant tenant, TenantSpace.Table table);

  /** What the tenant's role may do by itself; none where the space's role says it. */
  List<Grant.Privilege> grants(TenantSpace space, Tenant tenant);
}
