package io.longhouse.engine.access;

import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Expression;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table some users see.
 *
 * @param table empty for every table of the database
 * @param filter null for none: the policy says nothing
 * @param restrictive whether it narrows what others allow, instead of adding to it
 */
public record RowPolicy(
    UUID id,
    String shortName,
    String database,
    String table,
    @Nullable Expression filter,
    boolean restrictive,
    Subjects to)
    implements AccessEntity {

  @Override
  public String name() {
    return name(shortName, database, table);
  }

  static String name(String shortName, String database, String table) {
    return Quoting.identifier(shortName)
        + " ON "
        + Quoting.identifier(database)
        + "."
        + (table.isEmpty() ? "*" : Quoting.identifier(table));
  }

  @Override
  public AccessEntityKind kind() {
    return AccessEntityKind.ROW_POLICY;
  }
}
