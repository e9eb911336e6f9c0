package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code DEFINER = user SQL SECURITY type}.
 *
 * @param type null when only the definer is given
 */
public record SqlSecurity(@Nullable Type type, @Nullable UserName definer, boolean currentUser) {
  /** As whom a view reads. */
  public enum Type {
    DEFINER,
    INVOKER,
    NONE
  }
}
