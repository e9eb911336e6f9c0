package io.longhouse.engine.statement;

import io.longhouse.sql.ast.SystemStatement;

/** Carries out one SYSTEM command; registered under its words, {@code FLUSH LOGS}. */
public interface SystemCommand {
  void run(SystemStatement statement, StatementContext context);
}
