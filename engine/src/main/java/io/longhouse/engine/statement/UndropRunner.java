package io.longhouse.engine.statement;

import io.longhouse.engine.catalog.AtomicDatabase;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.catalog.DroppedTables;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.Undrop;
import java.util.UUID;

/** {@code UNDROP TABLE}: brings back a table whose data have not been removed yet. */
@Register(kind = StatementRunner.class, name = "Undrop")
final class UndropRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var undrop = (Undrop) statement;
    Database database = Databases.of(undrop.table(), context);
    String name = undrop.table().last();
    if (database.find(name) != null) {
      throw new LonghouseException(
          ErrorCode.TABLE_ALREADY_EXISTS,
          "Cannot UNDROP table " + database.name() + "." + name + ": it already exists");
    }
    DroppedTables dropped = context.query().service(DroppedTables.class);
    String given = undrop.uuid();
    UUID uuid = given == null ? null : UUID.fromString(given);
    DroppedTables.Dropped found =
        dropped == null ? null : dropped.find(database.name(), name, uuid);
    if (dropped == null || found == null || !(database instanceof AtomicDatabase atomic)) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE,
          "The drop task of table "
              + database.name()
              + "."
              + name
              + " is in progress, has been dropped or the database engine doesn't support it");
    }
    Table table = atomic.undrop(found, dropped, context);
    if (table instanceof MergeTreeTable m) {
      m.resumeMutations(context);
    }
    table.start();
    return StatementResult.DONE;
  }
}
