package io.longhouse.engine.statement;

import io.longhouse.registry.Register;
import io.longhouse.sql.ast.SystemStatement;

/**
 * SYSTEM commands about work that this server has none of: it is stopped and started, flushed and
 * reloaded at once. As in ClickHouse, a table that is named need not exist.
 */
@Register(kind = SystemCommand.class, name = "STOP TTL MERGES", aliases = "START TTL MERGES")
@Register(kind = SystemCommand.class, name = "STOP MOVES", aliases = "START MOVES")
@Register(kind = SystemCommand.class, name = "STOP VIEWS", aliases = "START VIEWS")
@Register(kind = SystemCommand.class, name = "STOP VIEW", aliases = "START VIEW")
@Register(kind = SystemCommand.class, name = "RELOAD EMBEDDED DICTIONARIES")
@Register(kind = SystemCommand.class, name = "RELOAD FUNCTIONS")
@Register(kind = SystemCommand.class, name = "RELOAD ASYNCHRONOUS METRICS")
@Register(kind = SystemCommand.class, name = "FLUSH ASYNC INSERT QUEUE")
@Register(kind = SystemCommand.class, name = "SYNC FILE CACHE")
final class IdleWorkCommand implements SystemCommand {
  @Override
  public void run(SystemStatement statement, StatementContext context) {}
}
