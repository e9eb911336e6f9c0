package io.longhouse.engine.statement;

import io.longhouse.engine.catalog.Database;
import io.longhouse.sql.ast.Identifier;

/** Which database a statement's name is about. */
final class Databases {
  private Databases() {}

  static Database of(Identifier name, StatementContext context) {
    String database = name.qualifier();
    return context.catalog().require(database == null ? context.session().database() : database);
  }
}
