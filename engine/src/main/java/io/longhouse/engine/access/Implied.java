package io.longhouse.engine.access;

import io.longhouse.engine.access.Privilege.Level;

/** What comes along with privileges without being granted. */
final class Implied {
  private static final Privileges COLUMN = of(Level.COLUMN);
  private static final Privileges TABLE = of(Level.TABLE);
  private static final Privileges DICTIONARY = of(Level.DICTIONARY);
  private static final Privileges DATABASE = of(Level.DATABASE);
  private static final Privileges SHOWN =
      Privilege.SHOW_TABLES.set().plus(Privilege.SHOW_DICTIONARIES.set());

  private Implied() {}

  private static Privileges of(Level level) {
    Privileges set = Privileges.NONE;
    for (Privilege p : Privilege.values()) {
      if (p.level() == level) {
        set = set.plus(Privileges.single(p));
      }
    }
    return set;
  }

  /**
   * @param below what is held on the name or anything below it
   * @param depth 0 for everywhere, 1 for a database, 2 for a table, 3 for a column
   */
  static Privileges of(Privileges held, Privileges below, int depth) {
    Privileges r = held;
    r = r.contains(Privilege.CREATE_TABLE) ? r.plus(Privilege.CREATE_VIEW.set()) : r;
    r = r.contains(Privilege.DROP_TABLE) ? r.plus(Privilege.DROP_VIEW.set()) : r;
    r = meets(r, Privilege.ALTER_TABLE.set()) ? r.plus(Privilege.ALTER_VIEW.set()) : r;
    r = r.contains(Privilege.ALTER_TTL) ? r.plus(Privilege.ALTER_MATERIALIZE_TTL.set()) : r;
    if (depth == 0) {
      r = everywhere(r, below);
    }
    r = shown(r, below, depth);
    boolean moves = r.contains(Privilege.ALTER_DELETE) && r.contains(Privilege.SELECT);
    return moves && depth <= 2 ? r.plus(Privilege.ALTER_MOVE_PARTITION.set()) : r;
  }

  private static Privileges everywhere(Privileges held, Privileges below) {
    Privileges r = held;
    if (below.contains(Privilege.CREATE_TABLE)) {
      r = r.plus(Privilege.CREATE_ARBITRARY_TEMPORARY_TABLE.set());
    }
    if (below.contains(Privilege.CREATE_VIEW)) {
      r = r.plus(Privilege.CREATE_TEMPORARY_VIEW.set());
    }
    return r.contains(Privilege.SYSTEM_RELOAD_DICTIONARY)
        ? r.plus(Privilege.SYSTEM_RELOAD_EMBEDDED_DICTIONARIES.set())
        : r;
  }

  /** Columns show their table, tables and dictionaries their database. */
  private static Privileges shown(Privileges held, Privileges below, int depth) {
    Privileges r = held;
    Privileges columns = Privilege.SHOW_COLUMNS.set();
    if (meets(r, COLUMN)) {
      r = r.plus(columns);
    }
    if (meets(r, TABLE) || depth <= 2 && meets(r, columns) || depth == 2 && meets(below, columns)) {
      r = r.plus(Privilege.SHOW_TABLES.set());
    }
    if (meets(r, DICTIONARY)) {
      r = r.plus(Privilege.SHOW_DICTIONARIES.set());
    }
    if (meets(r, DATABASE)
        || depth <= 1 && meets(r, SHOWN)
        || depth == 1 && meets(below.plus(r), SHOWN)) {
      r = r.plus(Privilege.SHOW_DATABASES.set());
    }
    return r;
  }

  private static boolean meets(Privileges a, Privileges b) {
    return !a.and(b).isEmpty();
  }
}
