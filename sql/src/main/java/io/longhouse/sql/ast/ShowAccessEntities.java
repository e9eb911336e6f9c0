package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code SHOW USERS}, {@code SHOW ROLES}, {@code SHOW QUOTAS} and their like. */
public record ShowAccessEntities(
    AccessEntityKind kind, Scope scope, @Nullable RowPolicyTarget policies)
    implements ShowStatement {
  /** Which of them. */
  public enum Scope {
    ALL,
    CURRENT,
    ENABLED
  }
}
