package io.longhouse.cluster.database;

import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.catalog.DatabaseEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.FunctionCall;

/** Makes databases that several servers have in common. */
@Register(
    kind = DatabaseEngine.class,
    name = "Replicated",
    doc = "Definitions are the same on several servers, by a log in Keeper.")
final class ReplicatedEngine implements DatabaseEngine {
  @Override
  public Database create(
      String name, FunctionCall engine, String comment, StatementContext context) {
    return context.query().require(ReplicatedDatabases.class).create(name, engine, comment);
  }

  @Override
  public void added(Database database, StatementContext context) {
    context.query().require(ReplicatedDatabases.class).begin(database, context.query());
  }
}
