package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.DropDatabaseTables;
import io.longhouse.sql.ast.DropIndex;
import io.longhouse.sql.ast.DropObject;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.NamePattern;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.Undrop;
import java.util.ArrayList;

/** DROP, DETACH, TRUNCATE and UNDROP. */
final class Drops {
  private Drops() {}

  static Statement drop(Cursor c) {
    c.expect("DROP");
    for (DropObject.Kind kind : DropObject.Kind.values()) {
      if (c.accept(kind.sql())) {
        boolean ifExists = c.accept("IF EXISTS");
        String name = Names.identifier(c);
        return new DropObject(kind, ifExists, name, Names.cluster(c));
      }
    }
    if (c.accept("INDEX")) {
      boolean ifExists = c.accept("IF EXISTS");
      String name = Names.identifier(c);
      c.expect("ON");
      Identifier table = Names.table(c);
      return new DropIndex(ifExists, name, table, Names.cluster(c));
    }
    Statement tenant = Tenants.tryDrop(c);
    if (tenant != null) {
      return tenant;
    }
    Statement entity = AccessEntities.tryDrop(c);
    return entity == null ? tables(c, Drop.Action.DROP) : entity;
  }

  static Statement detach(Cursor c) {
    c.expect("DETACH");
    return tables(c, Drop.Action.DETACH);
  }

  static Statement truncate(Cursor c) {
    c.expect("TRUNCATE");
    boolean all = c.at("ALL TABLES FROM") || c.at("ALL TABLES IN");
    if (all) {
      c.advance();
    }
    if (c.accept("TABLES FROM") || c.accept("TABLES IN")) {
      boolean ifExists = c.accept("IF EXISTS");
      Identifier database = Names.single(c);
      NamePattern pattern = Patterns.tryParse(c);
      String cluster = Names.cluster(c);
      return new DropDatabaseTables(all, ifExists, database, pattern, cluster);
    }
    return tables(c, Drop.Action.TRUNCATE);
  }

  private static Statement tables(Cursor c, Drop.Action action) {
    boolean temporary = c.accept("TEMPORARY");
    Drop.Kind kind = kind(c, action, temporary);
    boolean ifExists = c.accept("IF EXISTS");
    boolean ifEmpty = action == Drop.Action.DROP && c.accept("IF EMPTY");
    var names = new ArrayList<Identifier>();
    do {
      names.add(kind == Drop.Kind.DATABASE ? Names.single(c) : Names.table(c));
    } while (kind != Drop.Kind.DATABASE && c.accept(TokenKind.COMMA));
    String cluster = Names.cluster(c);
    boolean permanently = action == Drop.Action.DETACH && c.accept("PERMANENTLY");
    boolean sync = c.accept("NO DELAY") || c.accept("SYNC");
    return new Drop(action, kind, temporary, ifExists, ifEmpty, names, cluster, permanently, sync);
  }

  private static Drop.Kind kind(Cursor c, Drop.Action action, boolean temporary) {
    for (Drop.Kind kind : Drop.Kind.values()) {
      if (c.at(kind.name()) && c.kind(1) != TokenKind.DOT) {
        c.advance();
        return kind;
      }
    }
    if (action == Drop.Action.TRUNCATE && !temporary) {
      return Drop.Kind.TABLE;
    }
    throw c.fail("TABLE", "VIEW", "DICTIONARY", "DATABASE");
  }

  static Statement undrop(Cursor c) {
    c.expect("UNDROP TABLE");
    Identifier table = Names.table(c);
    String uuid = c.accept("UUID") ? Literals.string(c) : null;
    return new Undrop(table, uuid, Names.cluster(c));
  }
}
