package io.longhouse.engine.statement;

import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.SystemStatement;

/** SYSTEM commands that answer what a ClickHouse answers that was built or set up without them. */
@Register(kind = SystemCommand.class, name = "JEMALLOC PURGE")
@Register(kind = SystemCommand.class, name = "JEMALLOC ENABLE PROFILE")
@Register(kind = SystemCommand.class, name = "JEMALLOC DISABLE PROFILE")
@Register(kind = SystemCommand.class, name = "JEMALLOC FLUSH PROFILE")
@Register(kind = SystemCommand.class, name = "SYNC TRANSACTION LOG")
@Register(kind = SystemCommand.class, name = "UNFREEZE")
@Register(kind = SystemCommand.class, name = "SYNC DATABASE REPLICA")
final class MissingFeatureCommand implements SystemCommand {
  private final String name;

  MissingFeatureCommand(String name) {
    this.name = name;
  }

  @Override
  public void run(SystemStatement statement, StatementContext context) {
    throw switch (name) {
      case "SYNC TRANSACTION LOG" ->
          new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "Transactions are not supported.");
      case "UNFREEZE" ->
          new LonghouseException(
              ErrorCode.SUPPORT_IS_DISABLED,
              "Support for SYSTEM UNFREEZE query is disabled. You can enable it via"
                  + " 'enable_system_unfreeze' server setting.");
      case "SYNC DATABASE REPLICA" ->
          new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "SYSTEM SYNC DATABASE REPLICA query is intended to work only with Replicated"
                  + " engine.");
      default ->
          new LonghouseException(
              ErrorCode.SUPPORT_IS_DISABLED, "The server was compiled without JEMalloc");
    };
  }
}
