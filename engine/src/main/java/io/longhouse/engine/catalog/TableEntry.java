package io.longhouse.engine.catalog;

import io.longhouse.engine.table.Table;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A name in a database: a table, or a definition on disk of which a table is made when somebody
 * first asks for it. A server with tens of thousands of tables starts without opening them, and one
 * that nobody uses stays what it is here: a name. Safe for many threads.
 *
 * <p>Order of locks: an entry's before its database's, never the other way round.
 */
public final class TableEntry {
  private final String name;
  private final UUID uuid;
  private final String engine;
  private final @Nullable AtomicDatabase keeper;
  private volatile @Nullable Table table;

  private TableEntry(
      String name,
      UUID uuid,
      String engine,
      @Nullable AtomicDatabase keeper,
      @Nullable Table table) {
    this.name = name;
    this.uuid = uuid;
    this.engine = engine;
    this.keeper = keeper;
    this.table = table;
  }

  /** A table that is there. */
  public static TableEntry of(Table table) {
    return new TableEntry(table.id().name(), table.id().uuid(), "", null, table);
  }

  /** A table that is kept by a database and not opened yet. */
  static TableEntry closed(String name, UUID uuid, String engine, AtomicDatabase keeper) {
    return new TableEntry(name, uuid, engine, keeper, null);
  }

  public String name() {
    return name;
  }

  public UUID uuid() {
    return uuid;
  }

  /** The engine's name; for a table that is not open, as its definition has it. */
  public String engine() {
    Table t = table;
    return t == null ? engine : t.engine();
  }

  /** The table if it is open, else null. */
  public @Nullable Table ifOpen() {
    return table;
  }

  /** Where the data of a closed table lie; null for a table that is open. */
  @Nullable Path closedData() {
    AtomicDatabase from = keeper;
    return table != null || from == null ? null : from.data(uuid);
  }

  /** What a closed table has on disk; null when the table has to be asked. */
  public @Nullable StoredSize ifClosed() {
    Path data = closedData();
    return data == null ? null : StoredSize.of(data);
  }

  /** The table, opened if need be; one that cannot be opened is an {@link UnloadedTable}. */
  public Table table() {
    Table t = table;
    if (t == null) {
      t = open(java.util.Objects.requireNonNull(keeper));
    }
    return t;
  }

  private synchronized Table open(AtomicDatabase from) {
    Table known = table;
    if (known != null) {
      return known;
    }
    String in = from.name();
    Table opened = from.opened(name);
    synchronized (from) {
      if (!from.name().equals(in)) {
        opened.renamed(opened.id().renamed(from.name(), name));
      }
      opened.start();
      table = opened;
    }
    return opened;
  }
}
