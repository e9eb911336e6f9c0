package io.longhouse.engine.statement;

import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.SystemStatement;

/** {@code SYSTEM ...}: each command is registered by itself. */
@Register(kind = StatementRunner.class, name = "SystemStatement")
final class SystemRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var s = (SystemStatement) statement;
    SystemCommand command = Registry.of(SystemCommand.class).find(s.command());
    if (command == null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "SYSTEM " + s.command() + " is not implemented");
    }
    command.run(s, context);
    return StatementResult.DONE;
  }
}
