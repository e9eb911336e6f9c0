package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE USER}, {@code ALTER USER}. */
public record CreateUser(
    AccessVerb verb,
    List<UserName> names,
    @Nullable String newName,
    List<Authentication> authentication,
    boolean notIdentified,
    boolean addIdentified,
    boolean resetAuthentication,
    @Nullable HostClause hosts,
    @Nullable HostClause addHosts,
    @Nullable HostClause dropHosts,
    @Nullable Expression validUntil,
    @Nullable RoleSet defaultRoles,
    @Nullable String defaultDatabase,
    @Nullable RoleSet grantees,
    List<SettingsElement> settings,
    @Nullable SettingsChange settingsChange)
    implements AccessStatement {
  /** {@code HOST ...}. */
  public record HostClause(boolean any, boolean none, List<Host> hosts) {
    public HostClause {
      hosts = List.copyOf(hosts);
    }
  }

  /** {@code LOCAL}, {@code NAME 'n'}, {@code REGEXP 'r'}, {@code IP 'i'}, {@code LIKE 'l'}. */
  public record Host(Kind kind, String value) {
    /** What the value means. */
    public enum Kind {
      LOCAL,
      IP,
      NAME,
      REGEXP,
      LIKE
    }
  }
}
