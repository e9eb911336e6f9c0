package io.longhouse.engine.catalog;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database whose definitions end with the process; also the base of those that keep them. */
public class MemoryDatabase implements Database {
  private volatile String name;
  private final String engine;
  private final String comment;
  private final UUID uuid;
  private final TreeMap<String, TableEntry> tables = new TreeMap<>();
  private final Map<String, Table> detached = new HashMap<>();

  public MemoryDatabase(String name, String engine, UUID uuid, String comment) {
    this.name = name;
    this.engine = engine;
    this.uuid = uuid;
    this.comment = comment;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String engine() {
    return engine;
  }

  @Override
  public final UUID uuid() {
    return uuid;
  }

  @Override
  public final String comment() {
    return comment;
  }

  @Override
  public @Nullable Table find(String table) {
    TableEntry e;
    synchronized (this) {
      e = tables.get(table);
    }
    return e == null ? null : e.table();
  }

  @Override
  public synchronized Collection<TableEntry> entries() {
    return List.copyOf(tables.values());
  }

  @Override
  public final Collection<Table> tables() {
    return entries().stream().map(TableEntry::table).toList();
  }

  /**
   * The table of that name, which must be there. Under the monitor no table may be opened: callers
   * have called {@link #open} before.
   */
  protected final Table require(String table) {
    TableEntry e = tables.get(table);
    Table t = e == null ? null : e.ifOpen();
    if (t == null) {
      throw unknown(table);
    }
    return t;
  }

  /** Whether there is a table of that name. */
  protected final synchronized boolean has(String table) {
    return tables.containsKey(table);
  }

  private LonghouseException unknown(String table) {
    return new LonghouseException(
        ErrorCode.UNKNOWN_TABLE, "Table " + name + "." + table + " does not exist");
  }

  /** Opens a table that is about to be moved or taken out. */
  protected final Table open(String table) {
    Table t = find(table);
    if (t == null) {
      throw unknown(table);
    }
    return t;
  }

  private void requireFree(String table) {
    if (tables.containsKey(table)) {
      throw new LonghouseException(
          ErrorCode.TABLE_ALREADY_EXISTS, "Table " + name + "." + table + " already exists");
    }
  }

  @Override
  public synchronized void add(Table table) {
    requireFree(table.id().name());
    if (detached.containsKey(table.id().name())) {
      throw new LonghouseException(
          ErrorCode.TABLE_ALREADY_EXISTS, "Table " + table.id() + " already exists (detached)");
    }
    save(table);
    put(table);
  }

  private void put(Table table) {
    tables.put(table.id().name(), TableEntry.of(table));
  }

  /** Puts a table whose definition is kept already among the tables. */
  protected final synchronized void addLoaded(Table table) {
    detached.remove(table.id().name());
    put(table);
  }

  /** Puts a table that is not open yet among the tables. */
  final synchronized void addClosed(TableEntry entry) {
    tables.put(entry.name(), entry);
  }

  @Override
  public synchronized void changed(Table table) {
    save(table);
  }

  @Override
  public Table remove(String table, boolean forever) {
    open(table);
    synchronized (this) {
      Table t = require(table);
      if (forever) {
        forget(t);
      } else {
        detached.put(table, t);
      }
      tables.remove(table);
      return t;
    }
  }

  /** Takes a table out after its definition was put elsewhere. */
  protected final synchronized void take(Table table, Runnable move) {
    require(table.id().name());
    move.run();
    tables.remove(table.id().name());
  }

  @Override
  public synchronized Table attach(String table, StatementContext context) {
    Table t = detached.remove(table);
    if (t == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE, "Table " + name + "." + table + " does not exist");
    }
    tables.put(table, TableEntry.of(t));
    return t;
  }

  @Override
  public void rename(String table, Database target, String newName) {
    if (!(target instanceof MemoryDatabase to) || to.getClass() != getClass()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Moving tables between databases of different engines is not supported");
    }
    open(table);
    together(
        to,
        () -> {
          Table t = require(table);
          to.requireFree(newName);
          move(table, to, newName);
          tables.remove(table);
          t.renamed(t.id().renamed(to.name, newName));
          to.put(t);
        });
  }

  /** A change of two databases that nobody sees half of; only here is more than one lock held. */
  private void together(MemoryDatabase other, Runnable change) {
    synchronized (Database.class) {
      synchronized (this) {
        synchronized (other) {
          change.run();
        }
      }
    }
  }

  /** Gives the database and its tables another name. */
  final void renamed(String newName) {
    together(
        this,
        () -> {
          moveAll(newName);
          name = newName;
          for (TableEntry e : tables.values()) {
            Table t = e.ifOpen();
            if (t != null) {
              t.renamed(t.id().renamed(newName, e.name()));
            }
          }
        });
  }

  @Override
  public void exchange(String table, Database other, String otherTable) {
    if (!(other instanceof MemoryDatabase to) || to.getClass() != getClass()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Exchanging tables between databases of different engines is not supported");
    }
    open(table);
    to.open(otherTable);
    together(
        to,
        () -> {
          Table a = require(table);
          Table b = to.require(otherTable);
          swap(table, to, otherTable);
          a.renamed(a.id().renamed(to.name, otherTable));
          b.renamed(b.id().renamed(name, table));
          to.put(a);
          put(b);
        });
  }

  /** Keeps a table's definition, replacing an older one. */
  protected void save(Table table) {}

  /** Moves a table's definition, in one step that a crash does not halve. */
  protected void move(String table, MemoryDatabase to, String newName) {}

  /** Swaps two definitions so that a crash leaves both, swapped or not. */
  protected void swap(String table, MemoryDatabase to, String otherTable) {}

  /** Moves what is kept of the database itself under another name. */
  protected void moveAll(String newName) {}

  /** Stops keeping a table's definition. */
  protected void forget(Table table) {}

  @Override
  public void close() {
    for (TableEntry e : entries()) {
      Table t = e.ifOpen();
      if (t != null) {
        t.close();
      }
    }
  }

  @Override
  public void drop() {}
}
