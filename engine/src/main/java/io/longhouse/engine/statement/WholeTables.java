package io.longhouse.engine.statement;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are about all rows of a table need somebody who sees all of them: whoever
 * policies hide rows or values from may not merge, move, drop or reshape them, whatever was
 * granted.
 */
public final class WholeTables {
  private final SessionAccess access;
  private final StatementContext context;

  WholeTables(SessionAccess access, StatementContext context) {
    this.access = access;
    this.context = context;
  }

  /**
   * Checks a table, with the one whose rows it shows.
   *
   * @throws LonghouseException ACCESS_DENIED (497)
   */
  void check(String database, String name) {
    refuseNarrowed(database, name);
    Database d = access.isUnrestricted() ? null : context.catalog().find(database);
    Table t = d == null ? null : d.find(name);
    if (t != null) {
      TableId hidden = hidden(t, access, context.query());
      if (hidden != null) {
        throw refused(hidden, access);
      }
    }
  }

  /** Checks the table alone: for what leaves the one behind it as it is. */
  void refuseNarrowed(String database, String name) {
    if (!access.seesAll(database, name)) {
      throw refused(TableId.of(database, name), access);
    }
  }

  /** Checks all tables of a database. */
  void database(String name) {
    Database d = access.isUnrestricted() ? null : context.catalog().find(name);
    if (d != null) {
      d.entries().forEach(t -> refuseNarrowed(name, t.name()));
    }
  }

  /** Checks all tables that somebody else than the engine fills. */
  void everything() {
    if (!access.isUnrestricted()) {
      context.catalog().databases().stream()
          .map(Database::name)
          .filter(d -> !d.equals("system"))
          .forEach(this::database);
    }
  }

  /**
   * The table, of those whose rows this one shows, of which the user does not see all; null for
   * none.
   */
  public static @Nullable TableId hidden(Table table, SessionAccess access, QueryContext context) {
    Table t = table;
    for (int depth = 0; t != null && depth < 100; depth++) {
      if (!access.seesAll(t.id().database(), t.id().name())) {
        return t.id();
      }
      Table next = t.passesRowsTo(context);
      t = next == t ? null : next;
    }
    return null;
  }

  static LonghouseException refused(TableId id, SessionAccess access) {
    return new LonghouseException(
        ErrorCode.ACCESS_DENIED,
        access.userName()
            + ": Not enough privileges. "
            + (access.masks(id.database(), id.name()).isEmpty()
                ? "Row policies hide rows of " + id
                : "Masking policies hide values of " + id)
            + " from this user, and the statement is about all of them"
            + (access.rowFilter(id.database(), id.name()) == null
                ? ""
                : ": it's necessary to have the grant CREATE ROW POLICY ON " + id));
  }
}
