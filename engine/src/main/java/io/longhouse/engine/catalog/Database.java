package io.longhouse.engine.catalog;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A set of tables under names, with a way to keep their definitions. Safe for many threads. */
public interface Database {
  String name();

  /** {@code Atomic}, {@code Memory}, {@code System}. */
  String engine();

  UUID uuid();

  /** Whether its tables are kept by their UUIDs, so that each has one. */
  default boolean hasUuids() {
    return engine().equals("Atomic");
  }

  String comment();

  @Nullable Table find(String table);

  /** All tables, for which those that nobody has asked for yet are opened: not for many. */
  Collection<Table> tables();

  /** The names of all tables in their order, with the tables that are open. */
  default Collection<TableEntry> entries() {
    return tables().stream().map(TableEntry::of).toList();
  }

  /** The tables that are open: all that have background work do. */
  default Collection<Table> openTables() {
    List<Table> open = new ArrayList<>();
    for (TableEntry e : entries()) {
      Table t = e.ifOpen();
      if (t != null) {
        open.add(t);
      }
    }
    return open;
  }

  /** The names of all tables in their order. */
  default Collection<String> tableNames() {
    return entries().stream().map(TableEntry::name).toList();
  }

  /**
   * Adds a table that has been made and keeps its definition.
   *
   * @throws io.longhouse.sql.LonghouseException TABLE_ALREADY_EXISTS (57)
   */
  void add(Table table);

  /** Writes a table's changed definition. */
  void changed(Table table);

  /**
   * Takes a table out; with {@code forever} its definition goes too, else it may be attached again.
   */
  Table remove(String table, boolean forever);

  /** A table that was just detached stays so over a start of the server. */
  default void keepDetached(String table) {}

  /**
   * Brings back a table that was detached.
   *
   * @throws io.longhouse.sql.LonghouseException UNKNOWN_TABLE (60) when no definition is kept
   */
  Table attach(String table, StatementContext context);

  /** Gives a table another name, here or in another database of the same kind. */
  void rename(String table, Database target, String newName);

  /** Swaps two tables' names. */
  void exchange(String table, Database other, String otherTable);

  /** Ends all tables' background work. */
  void close();

  /** Removes everything that is kept of the database; its tables are gone already. */
  void drop();
}
