package io.longhouse.engine.statement;

import io.longhouse.engine.table.Table;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tables that only one session sees and that end with it. */
public final class TemporaryTables {
  private final Map<String, Table> tables = new ConcurrentHashMap<>();

  public @Nullable Table find(String name) {
    return tables.get(name);
  }

  public void put(String name, Table table) {
    tables.put(name, table);
  }

  /** Forgets a table and answers it, or null. */
  public @Nullable Table remove(String name) {
    return tables.remove(name);
  }

  public Collection<Table> all() {
    return List.copyOf(tables.values());
  }

  /** Drops all of them. */
  public void close() {
    for (String name : List.copyOf(tables.keySet())) {
      Table t = tables.remove(name);
      if (t != null) {
        t.close();
        t.drop();
      }
    }
  }
}
