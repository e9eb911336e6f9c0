package io.longhouse.engine.statement;

import io.longhouse.registry.Register;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.Use;

/** {@code USE database}. */
@Register(kind = StatementRunner.class, name = "Use")
final class UseRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    context.session().database(((Use) statement).database().name());
    return StatementResult.DONE;
  }
}
