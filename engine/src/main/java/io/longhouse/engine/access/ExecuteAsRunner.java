package io.longhouse.engine.access;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ExecuteAs;
import io.longhouse.sql.ast.Statement;

/**
 * EXECUTE AS without a statement: the session acts as somebody else from now on. With a statement
 * it is that one which is run, by a session of its own; here comes only what may not be.
 */
@Register(kind = StatementRunner.class, name = "ExecuteAs")
final class ExecuteAsRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var as = (ExecuteAs) statement;
    if (as.statement() != null) {
      context.query().require(SessionUser.class).impersonate(as.user().fullName());
      throw new LonghouseException(
          ErrorCode.ACCESS_DENIED, "The right to act as somebody else has come a moment too late");
    }
    context.session().impersonate(as.user().fullName());
    return StatementResult.DONE;
  }
}
