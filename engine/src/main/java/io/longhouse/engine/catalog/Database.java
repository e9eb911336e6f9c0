package io.longhouse.engine.catalog;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.Table;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A set of tables under names, with a way to keep their definitions. Safe for many threads. */
public interface Database {
  String name();

  /** {@code Atomic}, {@code Memory}, {@code System}. */
  String engine();

  UUID uuid();

  String comment();

  @Nullable Table find(String table);

  Collection<Table> tables();

  /** Names that are close to a mistyped one, with their database. */
  default Collection<String> tableNames() {
    return tables().stream().map(t -> t.id().name()).sorted().toList();
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
