package io.longhouse.engine.dictionary;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.engine.statement.WholeTables;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.KeyValueFunction;
import io.longhouse.sql.ast.Statement;
import java.util.UUID;

/** {@code CREATE DICTIONARY}, {@code REPLACE} and {@code ATTACH}. */
@Register(kind = StatementRunner.class, name = "CreateDictionary")
final class CreateDictionaryRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var create = (CreateDictionary) statement;
    CreateHead head = create.head();
    if (head.cluster() != null) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "ON CLUSTER is not implemented");
    }
    String in = head.name().qualifier();
    Database database = context.catalog().require(in == null ? context.session().database() : in);
    String name = head.name().last();
    Table existing = database.find(name);
    if (head.verb() == CreateHead.Verb.ATTACH && create.attributes().isEmpty()) {
      if (existing == null) {
        database.attach(name, context).start();
      }
      return StatementResult.DONE;
    }
    boolean replace =
        head.verb() == CreateHead.Verb.REPLACE || head.verb() == CreateHead.Verb.CREATE_OR_REPLACE;
    if (existing != null && !replace) {
      if (head.ifNotExists()) {
        return StatementResult.DONE;
      }
      throw new LonghouseException(
          existing instanceof DictionaryTable
              ? ErrorCode.DICTIONARY_ALREADY_EXISTS
              : ErrorCode.TABLE_ALREADY_EXISTS,
          "Dictionary " + existing.id() + " already exists.");
    }
    boolean named = database.engine().equals("Atomic");
    var id = new TableId(database.name(), name, named ? UUID.randomUUID() : TableId.NO_UUID);
    checkSource(create, database.name(), context);
    Table made = DictionaryTable.of(id, create, context);
    if (existing != null) {
      database.remove(name, true);
      existing.close();
      existing.drop();
    }
    database.add(made);
    made.start();
    return StatementResult.DONE;
  }

  /** The server reads the source for everybody: who makes the dictionary must be allowed to. */
  private static void checkSource(
      CreateDictionary create, String database, StatementContext context) {
    KeyValueFunction source = create.source();
    SessionAccess access = context.query().require(SessionAccess.class);
    if (source == null || access.isUnrestricted()) {
      return;
    }
    switch (DictionarySource.of(source, database)) {
      case DictionarySource.Table t -> {
        access.check(Privilege.SELECT, t.database(), t.table());
        Table read = context.catalog().find(t.database(), t.table());
        boolean whole =
            read == null
                ? access.seesAll(t.database(), t.table())
                : WholeTables.hidden(read, access, context.query()) == null;
        if (!whole) {
          throw new LonghouseException(
              ErrorCode.ACCESS_DENIED,
              "A dictionary cannot be made of a table that policies hide something of from its"
                  + " maker");
        }
      }
      case DictionarySource.Written _ -> access.check(Privilege.SELECT);
      case DictionarySource.File _ -> access.check(Privilege.READ, "FILE");
      case DictionarySource.Nothing _ -> {}
    }
  }
}
