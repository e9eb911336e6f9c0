package io.longhouse.engine.statement;

import io.longhouse.engine.catalog.AtomicDatabase;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.catalog.DroppedTables;
import io.longhouse.engine.dictionary.DictionaryTable;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.View;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;

/** {@code DROP}, {@code DETACH} and {@code TRUNCATE} of tables, views and databases. */
@Register(kind = StatementRunner.class, name = "Drop")
final class DropRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var drop = (Drop) statement;
    for (Identifier name : drop.names()) {
      switch (drop.kind()) {
        case DATABASE -> database(drop, name.name(), context);
        case TABLE, VIEW, DICTIONARY -> table(drop, name, context);
      }
    }
    return StatementResult.DONE;
  }

  private static void database(Drop drop, String name, StatementContext context) {
    Database database = context.catalog().find(name);
    if (database == null) {
      if (drop.ifExists()) {
        return;
      }
      throw new LonghouseException(
          ErrorCode.UNKNOWN_DATABASE, "Database " + name + " does not exist");
    }
    if (name.equals("system")) {
      throw new LonghouseException(
          ErrorCode.ACCESS_DENIED, "The system database can be neither dropped nor detached");
    }
    if (drop.ifEmpty() && !database.entries().isEmpty()) {
      throw new LonghouseException(
          ErrorCode.DATABASE_NOT_EMPTY, "Database " + name + " is not empty");
    }
    switch (drop.action()) {
      case DROP -> {
        for (Table t : database.tables()) {
          if (database.find(t.id().name()) == t) {
            remove(database, t, drop.sync(), context);
          }
        }
        context.catalog().remove(name);
        database.drop();
      }
      case DETACH ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "DETACH DATABASE is not implemented");
      case TRUNCATE -> {
        for (Table t : database.tables()) {
          if (!(t instanceof View)) {
            t.truncate(context.query());
          }
        }
      }
    }
  }

  private static void remove(
      Database database, Table table, boolean sync, StatementContext context) {
    Table inner =
        table instanceof MaterializedView v && v.ownsTarget()
            ? context.catalog().find(table.id().database(), Views.innerName(table.id()))
            : null;
    table.close();
    DroppedTables dropped = sync ? null : context.query().service(DroppedTables.class);
    boolean known = !table.id().uuid().equals(TableId.NO_UUID);
    if (dropped != null && known && database instanceof AtomicDatabase atomic) {
      atomic.drop(table, dropped);
    } else {
      database.remove(table.id().name(), true);
      table.drop();
    }
    if (inner != null) {
      remove(context.catalog().require(inner.id().database()), inner, sync, context);
    }
  }

  private static void table(Drop drop, Identifier name, StatementContext context) {
    Table temporary = name.parts().size() == 1 ? context.temporaryTables().find(name.name()) : null;
    if (temporary != null) {
      if (drop.action() == Drop.Action.TRUNCATE) {
        temporary.truncate(context.query());
      } else {
        context.temporaryTables().remove(name.name());
        temporary.close();
        temporary.drop();
      }
      return;
    }
    Table table = find(drop, name, context);
    if (table == null) {
      return;
    }
    if (drop.kind() == Drop.Kind.VIEW && !isView(table)) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_QUERY, "Table " + table.id() + " is not a View");
    }
    checkDictionary(drop, table);
    Database database = context.catalog().require(table.id().database());
    switch (drop.action()) {
      case DROP -> {
        if (drop.ifEmpty() && table.totalRows().orElse(1) > 0) {
          throw new LonghouseException(
              ErrorCode.TABLE_NOT_EMPTY, "Table " + table.id() + " is not empty");
        }
        remove(database, table, drop.sync(), context);
      }
      case DETACH -> {
        table.close();
        database.remove(table.id().name(), false);
        if (drop.permanently()) {
          database.keepDetached(table.id().name());
        }
      }
      case TRUNCATE -> table.truncate(context.query());
    }
  }

  private static void checkDictionary(Drop drop, Table table) {
    boolean is = table instanceof DictionaryTable;
    if (drop.kind() == Drop.Kind.DICTIONARY && !is) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_QUERY, "Table " + table.id() + " is not a Dictionary");
    }
    if (drop.kind() != Drop.Kind.DICTIONARY && is && drop.action() != Drop.Action.TRUNCATE) {
      throw new LonghouseException(
          ErrorCode.CANNOT_DETACH_DICTIONARY_AS_TABLE,
          "Cannot drop/detach dictionary "
              + table.id()
              + " as table, use DROP DICTIONARY or DETACH DICTIONARY query instead.");
    }
  }

  private static boolean isView(Table table) {
    return table instanceof View || table.engine().endsWith("View");
  }

  private static @org.jspecify.annotations.Nullable Table find(
      Drop drop, Identifier name, StatementContext context) {
    if (drop.ifExists()) {
      String database = name.qualifier();
      return context
          .catalog()
          .find(database == null ? context.session().database() : database, name.last());
    }
    String database = name.qualifier();
    String where = database == null ? context.session().database() : database;
    Table t = context.catalog().require(where).find(name.last());
    if (t == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE, "Table " + where + "." + name.last() + " does not exist");
    }
    return t;
  }
}
