package io.longhouse.engine.statement;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Carries out statements with ON CLUSTER; a service of the module that knows clusters. Their access
 * has been checked as if they were for this server, and the privilege CLUSTER as well.
 */
public interface ClusterStatements {
  StatementResult run(Statement statement, String cluster, StatementContext context);

  /**
   * Carries out a statement about a database that several servers have in common, on all of them.
   *
   * @return null for other statements
   */
  @Nullable StatementResult runShared(Statement statement, StatementContext context);

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
