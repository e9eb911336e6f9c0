package io.longhouse.engine.statement;

import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.system.PartLog;
import io.longhouse.engine.system.QueryLog;
import io.longhouse.engine.system.SessionLog;
import io.longhouse.engine.system.UsageLog;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.SystemStatement;

/** {@code SYSTEM FLUSH LOGS}: what was noted so far can be read afterwards. */
@Register(kind = SystemCommand.class, name = "FLUSH LOGS")
final class FlushLogsCommand implements SystemCommand {
  @Override
  public void run(SystemStatement statement, StatementContext context) {
    LocalEngine engine = context.query().require(LocalEngine.class);
    UsageLog usage = engine.usageLog();
    if (usage != null) {
      usage.flushAll();
      usage.prepare();
    }
    QueryLog log = engine.queryLog();
    if (log != null) {
      log.flush();
      log.prepare();
    }
    PartLog parts = engine.partLog();
    if (parts != null) {
      parts.flush();
      parts.prepare();
    }
    SessionLog sessions = engine.sessionLog();
    if (sessions != null) {
      sessions.flush();
      sessions.prepare();
    }
  }
}
