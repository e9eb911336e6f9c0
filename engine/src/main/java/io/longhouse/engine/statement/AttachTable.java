package io.longhouse.engine.statement;

import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;

/** {@code ATTACH TABLE}: a table that was detached comes back with the definition that was kept. */
final class AttachTable {
  private AttachTable() {}

  static StatementResult run(CreateTable create, StatementContext context) {
    Database database = Databases.of(create.head().name(), context);
    String name = create.head().name().last();
    if (database.find(name) != null) {
      if (create.head().ifNotExists()) {
        return StatementResult.DONE;
      }
      throw new LonghouseException(
          ErrorCode.TABLE_ALREADY_EXISTS,
          "Table " + database.name() + "." + name + " already exists");
    }
    if (create.schema() != null || create.attachFrom() != null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "ATTACH TABLE with a definition is not implemented");
    }
    Table table = database.attach(name, context);
    if (table instanceof MergeTreeTable m) {
      m.resumeMutations(context);
    }
    table.start();
    return StatementResult.DONE;
  }
}
