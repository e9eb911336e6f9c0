package io.longhouse.engine.statement;

import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.SystemStatement;

/**
 * {@code SYSTEM RELOAD CONFIG} and {@code SYSTEM RELOAD USERS}: users, profiles and quotas of the
 * configuration are read anew. What statements have made is never read a second time.
 */
@Register(kind = SystemCommand.class, name = "RELOAD CONFIG")
@Register(kind = SystemCommand.class, name = "RELOAD USERS")
final class ReloadConfigCommand implements SystemCommand {
  private final String name;

  ReloadConfigCommand(String name) {
    this.name = name;
  }

  @Override
  public void run(SystemStatement statement, StatementContext context) {
    Runnable reload = context.query().require(LocalEngine.class).reloader();
    if (reload != null) {
      reload.run();
    } else if (name.equals("RELOAD CONFIG")) {
      throw new LonghouseException(
          ErrorCode.UNSUPPORTED_METHOD, "SYSTEM RELOAD CONFIG needs a server with a configuration");
    }
  }
}
