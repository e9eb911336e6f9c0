package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code SET ROLE}, {@code SET DEFAULT ROLE ... TO ...}. */
public record SetRole(Kind kind, @Nullable RoleSet roles, @Nullable RoleSet to)
    implements AccessStatement {
  /** Its form. */
  public enum Kind {
    SET_ROLE,
    SET_ROLE_DEFAULT,
    SET_DEFAULT_ROLE
  }
}
