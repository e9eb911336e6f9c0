package io.longhouse.engine.statement;

import io.longhouse.engine.table.Table;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.SystemStatement;

/** SYSTEM commands about a table of a kind that no table of this server is of. */
@Register(kind = SystemCommand.class, name = "REFRESH VIEW")
@Register(kind = SystemCommand.class, name = "WAIT VIEW")
@Register(kind = SystemCommand.class, name = "CANCEL VIEW")
final class OtherKindCommand implements SystemCommand {
  private final String name;

  OtherKindCommand(String name) {
    this.name = name;
  }

  @Override
  public void run(SystemStatement statement, StatementContext context) {
    Identifier written = statement.table();
    if (written == null) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "SYSTEM " + name + " needs a table");
    }
    Table table = context.tables().require(written);
    String which = table.id() + " (" + table.id().uuid() + ")";
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Refreshable view " + which + " doesn't exist.");
  }
}
