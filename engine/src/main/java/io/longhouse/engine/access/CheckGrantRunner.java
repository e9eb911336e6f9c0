package io.longhouse.engine.access;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.engine.statement.SystemQueries;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.CheckGrant;
import io.longhouse.sql.ast.Statement;

/** CHECK GRANT: 1 if all of it is granted, else 0. */
@Register(kind = StatementRunner.class, name = "CheckGrant")
final class CheckGrantRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    SessionAccess access = context.query().require(SessionAccess.class);
    boolean all = true;
    String database = context.session().database();
    for (GrantElement e : GrantElement.of(((CheckGrant) statement).privileges(), database, true)) {
      all &= access.isGranted(e);
    }
    return SystemQueries.run("SELECT " + (all ? 1 : 0) + " AS result", context);
  }
}
