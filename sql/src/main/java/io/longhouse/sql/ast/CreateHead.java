package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * What all statements that create a table, view, database or dictionary begin with.
 *
 * @param uuid {@code UUID '...'}
 * @param cluster of {@code ON CLUSTER}
 */
public record CreateHead(
    Verb verb,
    boolean temporary,
    boolean ifNotExists,
    Identifier name,
    @Nullable String uuid,
    @Nullable String cluster) {
  /** The word or words in front. */
  public enum Verb {
    CREATE("CREATE"),
    ATTACH("ATTACH"),
    REPLACE("REPLACE"),
    CREATE_OR_REPLACE("CREATE OR REPLACE");

    private final String sql;

    Verb(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }
}
