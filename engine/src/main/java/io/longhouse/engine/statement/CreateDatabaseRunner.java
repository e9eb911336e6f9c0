package io.longhouse.engine.statement;

import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.catalog.DatabaseEngine;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateDatabase;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Statement;

/** {@code CREATE DATABASE}. */
@Register(kind = StatementRunner.class, name = "CreateDatabase")
final class CreateDatabaseRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var create = (CreateDatabase) statement;
    if (create.head().verb() != CreateHead.Verb.CREATE) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, create.head().verb().sql() + " DATABASE is not implemented");
    }
    Catalog catalog = context.catalog();
    String name = create.head().name().name();
    if (catalog.find(name) != null) {
      if (create.head().ifNotExists()) {
        return StatementResult.DONE;
      }
      throw new LonghouseException(
          ErrorCode.DATABASE_ALREADY_EXISTS, "Database " + name + " already exists.");
    }
    FunctionCall engine = create.storage() == null ? null : create.storage().engine();
    String comment = create.comment();
    String said = comment == null ? "" : comment;
    DatabaseEngine other =
        engine == null ? null : Registry.of(DatabaseEngine.class).find(engine.name());
    if (engine != null && other != null) {
      Database made = other.create(name, engine, said, context);
      catalog.add(made);
      other.added(made, context);
    } else {
      catalog.add(context.newDatabase(name, engine == null ? "" : engine.name(), said));
    }
    return StatementResult.DONE;
  }
}
