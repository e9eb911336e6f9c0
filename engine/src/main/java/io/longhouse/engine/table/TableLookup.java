package io.longhouse.engine.table;

import io.longhouse.sql.ast.Identifier;
import org.jspecify.annotations.Nullable;

/** Tables by name, as one session sees them: its temporary tables first, then its database. */
public interface TableLookup {
  /** The table of that name, or null; {@code database} null is the session's. */
  @Nullable Table find(@Nullable String database, String name);

  /**
   * The table that a name of one or two parts means.
   *
   * @throws io.longhouse.sql.LonghouseException UNKNOWN_TABLE (60) or UNKNOWN_DATABASE (81), with
   *     names that are close
   */
  Table require(Identifier name);
}
