package io.longhouse.engine.system;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.catalog.TableEntry;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.TemporaryTables;
import io.longhouse.engine.table.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * All tables that a query's user may know of: those of all databases, and its session's temporary
 * ones.
 */
public record TableRows(TableEntry entry, String database, boolean temporary) {
  String name() {
    return entry.name();
  }

  /** The table, which is opened for it. */
  public Table table() {
    return entry.table();
  }

  /** The same of some names. */
  static List<TableRows> all(QueryContext context, WantedNames names) {
    List<TableRows> rows = new ArrayList<>();
    SessionAccess access = context.require(SessionAccess.class);
    for (Database d : context.require(Catalog.class).databases()) {
      String in = d.name();
      boolean all = access.isGranted(Privilege.SHOW_TABLES, in);
      for (TableEntry t : names.databases().test(in) ? d.entries() : List.<TableEntry>of()) {
        if (names.tables().test(t.name())
            && (all || access.isGranted(Privilege.SHOW_TABLES, in, t.name()))) {
          rows.add(new TableRows(t, in, false));
        }
      }
    }
    TemporaryTables temporary = context.service(TemporaryTables.class);
    if (temporary != null) {
      temporary.all().forEach(t -> rows.add(new TableRows(TableEntry.of(t), "", true)));
    }
    return rows;
  }

  static List<TableRows> all(QueryContext context) {
    return all(context, WantedNames.ALL);
  }

  /** Those that the user sees all of: how many rows there are tells nothing of others. */
  public static List<TableRows> whole(QueryContext context, WantedNames names) {
    List<TableRows> rows = all(context, names);
    SessionAccess access = context.require(SessionAccess.class);
    rows.removeIf(r -> r.isNarrowed(context) || r.isMasked(access));
    return rows;
  }

  /** Whether a masking policy hides values of the table, which names of partitions may tell. */
  boolean isMasked(SessionAccess access) {
    return !access.masks(database, entry.name()).isEmpty();
  }

  /** The same without opening the table: one that is closed shows its own rows only. */
  boolean isNarrowed(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    Table open = entry.ifOpen();
    return open == null
        ? !access.isUnrestricted() && access.rowFilter(database, entry.name()) != null
        : isNarrowed(open, access, context);
  }

  /** Those that are open, among them all that have something to do by themselves. */
  public static List<TableRows> open(List<TableRows> rows, QueryContext context) {
    context.require(Catalog.class).awaitWork();
    return rows.stream().filter(r -> r.entry.ifOpen() != null).toList();
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
