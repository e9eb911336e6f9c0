package io.longhouse.engine.system;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.TemporaryTables;
import io.longhouse.engine.table.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * All tables that a query's user may know of: those of all databases, and its session's temporary
 * ones.
 */
public record TableRows(Table table, boolean temporary) {
  static List<TableRows> all(QueryContext context) {
    List<TableRows> rows = new ArrayList<>();
    SessionAccess access = context.require(SessionAccess.class);
    for (Database d : context.require(Catalog.class).databases()) {
      boolean all = access.isGranted(Privilege.SHOW_TABLES, d.name());
      for (Table t : d.tables()) {
        if (all || access.isGranted(Privilege.SHOW_TABLES, d.name(), t.id().name())) {
          rows.add(new TableRows(t, false));
        }
      }
    }
    TemporaryTables temporary = context.service(TemporaryTables.class);
    if (temporary != null) {
      temporary.all().forEach(t -> rows.add(new TableRows(t, true)));
    }
    return rows;
  }

  /** Those whose rows the user sees all of: how many there are tells nothing of others. */
  static List<TableRows> whole(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    List<TableRows> rows = all(context);
    rows.removeIf(r -> isNarrowed(r.table(), access, context));
    return rows;
  }

  /** Whether a row policy hides rows of a table from a query's user. */
  public static boolean isNarrowed(Table table, QueryContext context) {
    return isNarrowed(table, context.require(SessionAccess.class), context);
  }

  /** Whether a row policy hides some of a table's rows, or of those that it shows. */
  static boolean isNarrowed(Table table, SessionAccess access, QueryContext context) {
    if (access.isUnrestricted()) {
      return false;
    }
    Table other = table.showsRowsOf(context);
    return access.rowFilter(table.id().database(), table.id().name()) != null
        || other != null && other != table && isNarrowed(other, access, context);
  }
}
