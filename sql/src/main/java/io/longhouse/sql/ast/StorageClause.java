package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ENGINE = ... PARTITION BY ... ORDER BY ... SETTINGS ...}. */
public record StorageClause(
    @Nullable FunctionCall engine,
    @Nullable Expression partitionBy,
    @Nullable Expression primaryKey,
    @Nullable Expression orderBy,
    @Nullable Expression sampleBy,
    @Nullable Expression uniqueKey,
    List<TtlElement> ttl,
    List<Setting> settings) {
  public StorageClause {
    ttl = List.copyOf(ttl);
    settings = List.copyOf(settings);
  }

  /** The same with another engine. */
  public StorageClause withEngine(FunctionCall other) {
    return new StorageClause(
        other, partitionBy, primaryKey, orderBy, sampleBy, uniqueKey, ttl, settings);
  }
}
