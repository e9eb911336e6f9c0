package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.Privileges;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.sql.ast.Identifier;

/**
 * Checks of what a statement names, as its session means it: a name without a database is in the
 * current one, unless it is that of a temporary table, which is the session's own.
 */
final class NamedAccess {
  private final StatementContext context;
  private final SessionAccess access;
  private final WholeTables whole;

  NamedAccess(StatementContext context, SessionAccess access) {
    this.context = context;
    this.access = access;
    this.whole = new WholeTables(access, context);
  }

  WholeTables whole() {
    return whole;
  }

  /** The database that a name is in. */
  String database(Identifier name) {
    String in = name.qualifier();
    return in == null ? context.session().database() : in;
  }

  boolean isTemporary(Identifier name) {
    return name.qualifier() == null && context.temporaryTables().find(name.last()) != null;
  }

  /** Checks a privilege on a table; a session's temporary tables are its own. */
  void table(Privilege p, Identifier name) {
    table(p.set(), name);
  }

  void table(Privileges set, Identifier name) {
    if (!isTemporary(name)) {
      access.check(set, database(name), name.last());
    }
  }

  /** A table all of whose rows the statement is about. */
  void whole(Identifier name) {
    if (!isTemporary(name)) {
      whole.check(database(name), name.last());
    }
  }
}
