package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code DROP FUNCTION}, {@code NAMED COLLECTION}, {@code WORKLOAD}, {@code RESOURCE}. */
public record DropObject(Kind kind, boolean ifExists, String name, @Nullable String cluster)
    implements DropStatement {
  /** What is dropped. */
  public enum Kind {
    FUNCTION("FUNCTION"),
    NAMED_COLLECTION("NAMED COLLECTION"),
    WORKLOAD("WORKLOAD"),
    RESOURCE("RESOURCE");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }
}
