package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE DATABASE}. */
public record CreateDatabase(
    CreateHead head,
    @Nullable StorageClause storage,
    List<TableOverride> overrides,
    @Nullable String comment)
    implements CreateStatement {
  /** {@code TABLE OVERRIDE t (...)}. */
  public record TableOverride(
      String table, @Nullable TableSchema schema, @Nullable StorageClause storage) {}
}
