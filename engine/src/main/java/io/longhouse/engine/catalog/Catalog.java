package io.longhouse.engine.catalog;

import io.longhouse.engine.table.Table;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Lambda;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All databases of a server, and the functions that users have defined. Safe for many threads. */
public final class Catalog {
  private final Map<String, Database> databases = new ConcurrentSkipListMap<>();
  private final UserFunctions functions = new UserFunctions();
  private final ViewDependencies views = new ViewDependencies();
  private final ClosedTables closedTables = new ClosedTables(this);

  public @Nullable Database find(String name) {
    return databases.get(name);
  }

  /**
   * @throws LonghouseException UNKNOWN_DATABASE (81)
   */
  public Database require(String name) {
    Database d = databases.get(name);
    if (d == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_DATABASE, "Database " + name + " does not exist");
    }
    return d;
  }

  public Collection<Database> databases() {
    return List.copyOf(databases.values());
  }

  /**
   * @throws LonghouseException DATABASE_ALREADY_EXISTS (82)
   */
  public void add(Database database) {
    if (databases.putIfAbsent(database.name(), database) != null) {
      throw new LonghouseException(
          ErrorCode.DATABASE_ALREADY_EXISTS, "Database " + database.name() + " already exists.");
    }
  }

  /**
   * Gives a database another name.
   *
   * @throws LonghouseException UNKNOWN_DATABASE (81), DATABASE_ALREADY_EXISTS (82), NOT_IMPLEMENTED
   *     (48) for the system's own
   */
  public void rename(String from, String to) {
    if (!(require(from) instanceof MemoryDatabase d) || from.equals("system")) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Database " + from + " cannot be renamed");
    }
    if (databases.putIfAbsent(to, d) != null) {
      throw new LonghouseException(
          ErrorCode.DATABASE_ALREADY_EXISTS, "Database " + to + " already exists.");
    }
    try {
      d.renamed(to);
    } catch (RuntimeException e) {
      databases.remove(to);
      throw e;
    }
    databases.remove(from);
  }

  /** Takes a database out of the catalog; its tables have been dropped or detached. */
  public void remove(String name) {
    databases.remove(name);
  }

  public @Nullable Table find(String database, String table) {
    Database d = databases.get(database);
    return d == null ? null : d.find(table);
  }

  /** Which materialized views the inserts into a table feed. */
  public ViewDependencies views() {
    return views;
  }

  /** Functions made by {@code CREATE FUNCTION}, by name. */
  public Map<String, Lambda> functions() {
    return functions.all();
  }

  /** Where functions are made and removed. */
  public UserFunctions userFunctions() {
    return functions;
  }

  /** Opens, in the background, the tables that have something to do by themselves. */
  void openThoseWithWork() {
    closedTables.look();
  }

  /** Waits until the tables that have something to do by themselves are open. */
  public void awaitWork() {
    closedTables.await();
  }

  /** The tables that are open. */
  public Collection<Table> openTables() {
    return databases().stream().flatMap(d -> d.openTables().stream()).toList();
  }

  public void close() {
    closedTables.close();
    databases.values().forEach(Database::close);
  }
}
