package io.longhouse.engine.table;

import io.longhouse.sql.Quoting;
import java.util.UUID;

/** A table's place in the catalog; {@link #NO_UUID} where its database gives none. */
public record TableId(String database, String name, UUID uuid) {
  public static final UUID NO_UUID = new UUID(0, 0);

  public static TableId of(String database, String name) {
    return new TableId(database, name, NO_UUID);
  }

  public TableId renamed(String newDatabase, String newName) {
    return new TableId(newDatabase, newName, uuid);
  }

  /** {@code database.name}, quoted where needed. */
  @Override
  public String toString() {
    return database.isEmpty()
        ? Quoting.identifier(name)
        : Quoting.identifier(database) + "." + Quoting.identifier(name);
  }
}
