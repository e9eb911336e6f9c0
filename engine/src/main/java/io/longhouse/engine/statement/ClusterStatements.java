package io.longhouse.engine.statement;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Statement;

/**
 * Carries out statements with ON CLUSTER; a service of the module that knows clusters. Their access
 * has been checked as if they were for this server, and the privilege CLUSTER as well.
 */
public interface ClusterStatements {
  StatementResult run(Statement statement, String cluster, StatementContext context);

  /**
   * @throws LonghouseException NOT_IMPLEMENTED (48) where there are no clusters
   */
  static ClusterStatements of(StatementContext context) {
    ClusterStatements found = context.query().service(ClusterStatements.class);
    if (found == null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "ON CLUSTER needs a server, which knows clusters");
    }
    return found;
  }
}
