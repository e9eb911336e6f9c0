package io.longhouse.engine.statement;

import io.longhouse.registry.Register;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Statement;

/** SELECT and its combinations. */
@Register(kind = StatementRunner.class, name = "Select")
@Register(kind = StatementRunner.class, name = "SetOperation")
final class QueryRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    return new StatementResult.Planned(
        context.analyzer().analyze((Query) statement, context.request().shard()));
  }
}
