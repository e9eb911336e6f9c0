package io.longhouse.engine.statement;

import io.longhouse.sql.ast.Statement;

/**
 * Carries out one kind of statement; registered under the simple name of the record it runs, for
 * example {@code CreateTable}.
 */
public interface StatementRunner {
  StatementResult run(Statement statement, StatementContext context);
}
