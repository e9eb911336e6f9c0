package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GRANT} and {@code REVOKE} of privileges or roles. */
public record Grant(
    boolean revoke,
    @Nullable String cluster,
    boolean currentGrants,
    List<Privilege> privileges,
    @Nullable RoleSet roles,
    RoleSet grantees,
    boolean withOption,
    boolean replaceOption)
    implements AccessStatement {
  public Grant {
    privileges = List.copyOf(privileges);
  }

  /**
   * One privilege on one target.
   *
   * @param type upper case, words joined by blanks: {@code ALTER UPDATE}
   * @param columns empty for all
   */
  public record Privilege(String type, List<String> columns, Target target) {}

  /** {@code ON ...}. */
  public record Target(
      @Nullable String database,
      @Nullable String table,
      boolean anyDatabase,
      boolean anyTable,
      boolean wildcard,
      @Nullable String filter) {}
}
