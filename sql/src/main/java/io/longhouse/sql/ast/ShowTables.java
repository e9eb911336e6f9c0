package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code SHOW TABLES} and the other lists with LIKE, WHERE and LIMIT. */
public record ShowTables(
    Kind kind,
    boolean full,
    boolean changed,
    boolean temporary,
    @Nullable Identifier from,
    @Nullable String name,
    @Nullable NamePattern pattern,
    @Nullable Expression where,
    @Nullable Expression limit)
    implements ShowStatement {
  /** What is listed. */
  public enum Kind {
    TABLES("TABLES"),
    DATABASES("DATABASES"),
    DICTIONARIES("DICTIONARIES"),
    CLUSTERS("CLUSTERS"),
    CLUSTER("CLUSTER"),
    MERGES("MERGES"),
    SETTINGS("SETTINGS"),
    FILESYSTEM_CACHES("FILESYSTEM CACHES"),
    FILESYSTEM_CACHE("FILESYSTEM CACHE");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }
}
