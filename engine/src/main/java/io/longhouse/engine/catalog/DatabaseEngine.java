package io.longhouse.engine.catalog;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.sql.ast.FunctionCall;

/**
 * A kind of database that a module above the engine brings; registered under its name in CREATE
 * DATABASE.
 */
public interface DatabaseEngine {
  /**
   * Makes a database, which the catalog does not have yet.
   *
   * @param engine as it stands in the statement
   */
  Database create(String name, FunctionCall engine, String comment, StatementContext context);

  /** Called when the catalog has it. */
  default void added(Database database, StatementContext context) {}
}
