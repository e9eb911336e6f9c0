package io.longhouse.engine.access;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Statement;

/** EXECUTE AS, which ClickHouse has switched off where nobody switched it on. */
@Register(kind = StatementRunner.class, name = "ExecuteAs")
final class ExecuteAsRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    throw new LonghouseException(
        ErrorCode.SUPPORT_IS_DISABLED,
        "IMPERSONATE feature is disabled, set access_control_improvements.allow_impersonate_user to"
            + " 1 to enable.");
  }
}
