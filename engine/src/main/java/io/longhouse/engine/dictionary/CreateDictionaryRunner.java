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
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code CREATE DICTIONARY}, {@code REPLACE} and {@code ATTACH}. */
@Register(kind = StatementRunner.class, name = "CreateDictionary")
final class CreateDictionaryRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var create = (CreateDictionary) statement;
    CreateHead head = create.head();
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
    boolean named = database.hasUuids();
    var id = new TableId(database.name(), name, named ? UUID.randomUUID() : TableId.NO_UUID);
    CreateDictionary owned = checkedSource(create, database.name(), context);
    Table made = DictionaryTable.of(id, owned, context);
    if (existing != null) {
      database.remove(name, true);
      existing.close();
      existing.drop();
    }
    database.add(made);
    made.start();
    return StatementResult.DONE;
  }

  /**
   * The server reads the source for everybody: who makes the dictionary must be allowed to, and who
   * may not see everything has it read with the own eyes, now and whatever becomes of the source.
   */
  private static CreateDictionary checkedSource(
      CreateDictionary create, String database, StatementContext context) {
    KeyValueFunction source = create.source();
    SessionAccess access = context.query().require(SessionAccess.class);
    if (source == null || access.isUnrestricted()) {
      return create;
    }
    boolean everything =
        access.isGranted(Privilege.SELECT) && access.isGranted(Privilege.CREATE_ROW_POLICY);
    return switch (DictionarySource.of(source, database)) {
      case DictionarySource.Table t -> {
        access.check(Privilege.SELECT, t.database(), t.table());
        Table read = context.catalog().find(t.database(), t.table());
        boolean whole =
            read == null
                ? access.seesAll(t.database(), t.table())
                : WholeTables.hidden(read, access, context.query()) == null;
        yield everything && whole ? create : readAs(access.userName(), t.user(), create, source);
      }
      case DictionarySource.Written w ->
          everything ? create : readAs(access.userName(), w.user(), create, source);
      case DictionarySource.File _ -> {
        access.check(Privilege.READ, "FILE");
        yield create;
      }
      case DictionarySource.Nothing _ -> create;
    };
  }

  private static CreateDictionary readAs(
      String maker, @Nullable String named, CreateDictionary c, KeyValueFunction source) {
    if (maker.equals(named)) {
      return c;
    }
    if (named != null) {
      throw new LonghouseException(
          ErrorCode.ACCESS_DENIED,
          maker + ": a dictionary's source can be read as " + maker + " only, not as " + named);
    }
    List<KeyValueFunction.Pair> pairs = new ArrayList<>();
    pairs.add(new KeyValueFunction.Pair("USER", Literal.of(maker), null));
    if (source.pairs() != null) {
      pairs.addAll(source.pairs());
    }
    return new CreateDictionary(
        c.head(),
        c.attributes(),
        c.primaryKey(),
        new KeyValueFunction(source.name(), List.copyOf(pairs)),
        c.lifetime(),
        c.layout(),
        c.range(),
        c.settings(),
        c.comment());
  }
}
