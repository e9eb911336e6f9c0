package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.Privileges;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.catalog.TableEntry;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

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
    if (create.attachFrom() != null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "ATTACH TABLE ... FROM a path is not implemented");
    }
    boolean defined = create.schema() != null || create.storage() != null;
    Table table = defined ? define(create, database, context) : database.attach(name, context);
    if (table instanceof MergeTreeTable m) {
      m.resumeMutations(context);
    }
    table.start();
    return StatementResult.DONE;
  }

  /** A table of data that may be there already, below its UUID. */
  private static Table define(CreateTable create, Database database, StatementContext context) {
    String name = create.head().name().last();
    String uuid = create.head().uuid();
    if (uuid == null && database.hasUuids()) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_QUERY,
          "Incorrect ATTACH TABLE query for Atomic database engine. Use one of the following"
              + " queries instead:\n1. ATTACH TABLE "
              + name
              + ";\n2. CREATE TABLE "
              + name
              + " <table definition>;\n3. ATTACH TABLE "
              + name
              + " FROM '/path/to/data/' <table definition>;\n4. ATTACH TABLE "
              + name
              + " UUID '<uuid>' <table definition>;");
    }
    UUID given = uuid == null ? TableId.NO_UUID : UUID.fromString(uuid);
    var id = new TableId(database.name(), name, given);
    if (uuid != null) {
      checkFree(given, context);
      if (hasData(id, context)) {
        // What was detached or dropped has been somebody's, perhaps under policies.
        Privileges all = Privilege.SELECT.set().plus(Privilege.CREATE_ROW_POLICY.set());
        context.query().require(SessionAccess.class).check(all);
      }
    }
    Table table = CreateTableRunner.make(create, id, true, context);
    database.add(table);
    return table;
  }

  /** Whether there are files already where a table would have its own. */
  static boolean hasData(TableId id, StatementContext context) {
    Path path = context.dataPath(id);
    return path != null && Files.exists(path);
  }

  /**
   * @throws LonghouseException TABLE_ALREADY_EXISTS (57) where another table has the UUID
   */
  static void checkFree(UUID given, StatementContext context) {
    for (Database d : context.catalog().databases()) {
      for (TableEntry t : d.entries()) {
        if (t.uuid().equals(given) && !given.equals(TableId.NO_UUID)) {
          throw new LonghouseException(
              ErrorCode.TABLE_ALREADY_EXISTS,
              "Mapping for table with UUID="
                  + given
                  + " already exists: "
                  + TableId.of(d.name(), t.name()));
        }
      }
    }
  }
}
