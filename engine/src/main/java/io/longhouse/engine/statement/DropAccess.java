package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.Privileges;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.View;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.DropDatabaseTables;
import io.longhouse.sql.ast.DropIndex;
import io.longhouse.sql.ast.DropObject;
import io.longhouse.sql.ast.DropStatement;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Rename;
import io.longhouse.sql.ast.Undrop;

/**
 * Which privileges a statement needs that parts names from what they stand for, or that from its
 * rows: DROP, DETACH, TRUNCATE, and back; RENAME and EXCHANGE.
 */
final class DropAccess {
  private final StatementContext context;
  private final SessionAccess access;
  private final NamedAccess named;

  DropAccess(StatementContext context, SessionAccess access, NamedAccess named) {
    this.context = context;
    this.access = access;
    this.named = named;
  }

  void check(DropStatement s) {
    switch (s) {
      case Drop d -> {
        for (Identifier name : d.names()) {
          drop(d, name);
        }
      }
      case DropDatabaseTables d -> {
        access.check(Privilege.TRUNCATE, d.database().name());
        named.whole().database(d.database().name());
      }
      case DropIndex d -> {
        named.table(Privilege.ALTER_DROP_INDEX, d.table());
        named.whole(d.table());
      }
      case DropObject d -> {
        switch (d.kind()) {
          case FUNCTION -> access.check(Privilege.DROP_FUNCTION);
          case NAMED_COLLECTION -> access.check(Privilege.DROP_NAMED_COLLECTION, d.name());
          case WORKLOAD -> access.check(Privilege.DROP_WORKLOAD);
          case RESOURCE -> access.check(Privilege.DROP_RESOURCE);
        }
      }
      case Undrop u -> {
        named.table(Privilege.UNDROP_TABLE, u.table());
        named.whole(u.table());
      }
    }
  }

  private void drop(Drop d, Identifier name) {
    if (d.kind() == Drop.Kind.DATABASE) {
      Privilege p =
          d.action() == Drop.Action.TRUNCATE ? Privilege.TRUNCATE : Privilege.DROP_DATABASE;
      access.check(p, name.name());
      named.whole().database(name.name());
      return;
    }
    if (d.action() == Drop.Action.TRUNCATE) {
      named.table(Privilege.TRUNCATE, name);
      named.whole(name);
      return;
    }
    Privilege p =
        switch (d.kind()) {
          case VIEW -> Privilege.DROP_VIEW;
          case DICTIONARY -> Privilege.DROP_DICTIONARY;
          case TABLE, DATABASE -> isView(name) ? Privilege.DROP_VIEW : Privilege.DROP_TABLE;
        };
    named.table(p, name);
    gone(name);
  }

  /** What is behind a Buffer, an alias or a view with a target stays when that goes. */
  private void gone(Identifier name) {
    if (named.isTemporary(name)) {
      return;
    }
    Table t = context.tables().find(name.qualifier(), name.last());
    if (t instanceof MaterializedView v && v.ownsTarget()) {
      named.whole(name);
    } else {
      named.whole().refuseNarrowed(named.database(name), name.last());
    }
  }

  private boolean isView(Identifier name) {
    Table t = context.tables().find(name.qualifier(), name.last());
    return t instanceof View || t instanceof MaterializedView;
  }

  /** What is renamed goes under one name and is made under another. */
  void check(Rename r) {
    r.pairs().forEach(p -> rename(r, p));
  }

  private void rename(Rename r, Rename.Pair p) {
    if (r.kind() == Rename.Kind.DATABASE) {
      access.check(Privilege.DROP_DATABASE, p.from().name());
      access.check(Privilege.CREATE_DATABASE, p.to().name());
      named.whole().database(p.from().name());
      return;
    }
    boolean dictionary = r.kind() == Rename.Kind.DICTIONARY;
    Privileges from =
        dictionary
            ? Privilege.SELECT.set().plus(Privilege.DROP_DICTIONARY.set())
            : Privilege.SELECT.set().plus(Privilege.DROP_TABLE.set());
    Privileges to =
        dictionary
            ? Privilege.CREATE_DICTIONARY.set().plus(Privilege.INSERT.set())
            : Privilege.CREATE_TABLE.set().plus(Privilege.INSERT.set());
    named.table(from, p.from());
    named.table(to, p.to());
    gone(p.from()); // policies are of names: under another one its rows would be open
    if (r.exchange()) {
      named.table(to, p.from());
      named.table(from, p.to());
      gone(p.to());
    }
  }
}
