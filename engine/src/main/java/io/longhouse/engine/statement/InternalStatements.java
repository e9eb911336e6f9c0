package io.longhouse.engine.statement;

import io.longhouse.registry.Registry;
import io.longhouse.sql.ast.Statement;

/** Statements that the server itself carries out. */
public final class InternalStatements {
  private InternalStatements() {}

  /** Carries out a statement that has no rows to show. */
  public static void run(Statement statement, StatementContext context) {
    StatementRunner runner =
        Registry.of(StatementRunner.class).find(statement.getClass().getSimpleName());
    if (runner == null) {
      throw new IllegalArgumentException(statement.toString());
    }
    runner.run(statement, context);
  }
}
