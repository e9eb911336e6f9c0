package io.longhouse.sql.parser;

import io.longhouse.sql.ast.CreateDatabase;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE, ATTACH and REPLACE of tables and databases. */
final class Creates {
  private Creates() {}

  static Statement parse(Cursor c) {
    CreateHead.Verb verb = verb(c);
    boolean temporary = c.accept("TEMPORARY");
    if (c.accept("TABLE")) {
      return table(c, head(c, verb, temporary));
    }
    if (c.accept("DATABASE")) {
      return database(c, head(c, verb, false));
    }
    if (c.accept("DICTIONARY")) {
      return Dictionaries.parse(c, head(c, verb, false));
    }
    if (c.accept("MATERIALIZED VIEW")) {
      return Views.materialized(c, head(c, verb, false));
    }
    if (c.accept("WINDOW VIEW")) {
      return Views.window(c, head(c, verb, false));
    }
    if (c.accept("VIEW")) {
      return Views.plain(c, head(c, verb, temporary));
    }
    return SmallCreates.parse(c, verb);
  }

  private static CreateHead.Verb verb(Cursor c) {
    if (c.accept("ATTACH")) {
      return CreateHead.Verb.ATTACH;
    }
    if (c.accept("REPLACE")) {
      return CreateHead.Verb.REPLACE;
    }
    c.expect("CREATE");
    return c.accept("OR REPLACE") ? CreateHead.Verb.CREATE_OR_REPLACE : CreateHead.Verb.CREATE;
  }

  private static CreateHead head(Cursor c, CreateHead.Verb verb, boolean temporary) {
    boolean ifNotExists = c.accept("IF NOT EXISTS");
    Identifier name = Names.table(c);
    String uuid = c.accept("UUID") ? Literals.string(c) : null;
    return new CreateHead(verb, temporary, ifNotExists, name, uuid, null);
  }

  static CreateHead onCluster(Cursor c, CreateHead head) {
    String cluster = Names.cluster(c);
    return cluster == null
        ? head
        : new CreateHead(
            head.verb(), head.temporary(), head.ifNotExists(), head.name(), head.uuid(), cluster);
  }

  private static Statement table(Cursor c, CreateHead start) {
    boolean attach = start.verb() == CreateHead.Verb.ATTACH;
    String attachFrom = attach && c.accept("FROM") ? Literals.string(c) : null;
    CreateHead head = onCluster(c, start);
    if (attach && c.accept("AS NOT REPLICATED")) {
      return new CreateTable(head, null, null, null, false, null, attachFrom, false);
    }
    if (attach && c.accept("AS REPLICATED")) {
      return new CreateTable(head, null, null, null, false, null, attachFrom, true);
    }
    Schemas.Parsed parsed = Schemas.tryParenthesized(c);
    TableSchema schema = parsed == null ? null : parsed.schema();
    StorageClause storage = Storages.tryParse(c, true);
    String comment = c.accept("COMMENT") ? Literals.string(c) : null;
    boolean empty = c.accept("EMPTY");
    CreateTable.Source source = source(c, schema != null, storage != null || start.temporary());
    if (storage == null && source != null && !(source instanceof CreateTable.AsSelect)) {
      storage = Storages.tryParse(c, false);
    }
    if (comment == null && c.accept("COMMENT")) {
      comment = Literals.string(c);
    }
    if (parsed != null) {
      storage = parsed.withKey(storage);
    }
    return new CreateTable(head, schema, storage, source, empty, comment, attachFrom, null);
  }

  private static CreateTable.@Nullable Source source(
      Cursor c, boolean hasSchema, boolean hasStorage) {
    if (c.accept("CLONE AS")) {
      return new CreateTable.Clone(Names.table(c));
    }
    if (!c.accept("AS")) {
      return null;
    }
    if ((!hasSchema || hasStorage) && Selects.isNext(c, 0)) {
      Query query = Selects.parse(c);
      return new CreateTable.AsSelect(query);
    }
    TableExpression.TableFunction function = Functions.tryTable(c);
    if (function != null) {
      return new CreateTable.Function(function.call(), function.settings());
    }
    if (hasSchema) {
      throw c.fail("table function");
    }
    return new CreateTable.Like(Names.table(c));
  }

  private static Statement database(Cursor c, CreateHead start) {
    CreateHead head = onCluster(c, start);
    StorageClause storage = Storages.tryParse(c, false);
    var overrides = new ArrayList<CreateDatabase.TableOverride>();
    while (c.at("TABLE OVERRIDE")) {
      overrides.add(override(c));
      c.accept(TokenKind.COMMA);
    }
    String comment = c.accept("COMMENT") ? Literals.string(c) : null;
    return new CreateDatabase(head, storage, List.copyOf(overrides), comment);
  }

  private static CreateDatabase.TableOverride override(Cursor c) {
    c.expect("TABLE OVERRIDE");
    String table = Names.identifier(c);
    c.expect(TokenKind.OPEN_ROUND);
    Schemas.Parsed parsed = c.accept("COLUMNS") ? Schemas.tryParenthesized(c) : null;
    StorageClause storage = Storages.tryParse(c, false);
    c.expect(TokenKind.CLOSE_ROUND);
    return new CreateDatabase.TableOverride(
        table,
        parsed == null ? null : parsed.schema(),
        parsed == null ? storage : parsed.withKey(storage));
  }
}
