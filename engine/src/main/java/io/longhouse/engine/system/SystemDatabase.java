package io.longhouse.engine.system;

import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.Table;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The database {@code system}: the registered tables, each made when it is first named, and the
 * tables with data of their own, such as the query log, which another database keeps.
 */
public final class SystemDatabase implements Database {
  private final Database kept;

  /**
   * @param kept the tables with data, under the name {@code system}
   */
  public SystemDatabase(Database kept) {
    this.kept = kept;
  }

  /** The database of the tables with data. */
  public Database kept() {
    return kept;
  }

  @Override
  public String name() {
    return kept.name();
  }

  @Override
  public String engine() {
    return kept.engine();
  }

  @Override
  public UUID uuid() {
    return kept.uuid();
  }

  @Override
  public String comment() {
    return kept.comment();
  }

  @SuppressWarnings("rawtypes")
  private static Registry<SystemTable> registry() {
    return Registry.of(SystemTable.class);
  }

  @Override
  public @Nullable Table find(String table) {
    Table found = kept.find(table);
    if (found != null) {
      return found;
    }
    var entry = registry().entry(table);
    return entry == null || !entry.name().equals(table) ? null : registry().find(table);
  }

  @Override
  public Collection<Table> tables() {
    List<Table> all = new ArrayList<>(kept.tables());
    for (Registry.Entry e : registry().entries()) {
      Table t = registry().find(e.name());
      if (t != null) {
        all.add(t);
      }
    }
    all.sort(java.util.Comparator.comparing(t -> t.id().name()));
    return all;
  }

  @Override
  public void add(Table table) {
    refuse(table.id().name(), ErrorCode.TABLE_ALREADY_EXISTS, "already exists");
    kept.add(table);
  }

  @Override
  public void changed(Table table) {
    kept.changed(table);
  }

  private static void refuse(String table, ErrorCode code, String why) {
    if (registry().entry(table) != null) {
      throw new LonghouseException(code, "Table system." + table + " " + why);
    }
  }

  @Override
  public Table remove(String table, boolean forever) {
    refuse(table, ErrorCode.ACCESS_DENIED, "can be neither dropped nor detached");
    return kept.remove(table, forever);
  }

  @Override
  public void keepDetached(String table) {
    kept.keepDetached(table);
  }

  @Override
  public Table attach(String table, StatementContext context) {
    return kept.attach(table, context);
  }

  @Override
  public void rename(String table, Database target, String newName) {
    refuse(table, ErrorCode.ACCESS_DENIED, "cannot be renamed");
    kept.rename(table, target == this ? kept : target, newName);
  }

  @Override
  public void exchange(String table, Database other, String otherTable) {
    refuse(table, ErrorCode.ACCESS_DENIED, "cannot be renamed");
    kept.exchange(table, other == this ? kept : other, otherTable);
  }

  @Override
  public void close() {
    kept.close();
  }

  @Override
  public void drop() {
    throw new LonghouseException(ErrorCode.ACCESS_DENIED, "The system database stays");
  }
}
