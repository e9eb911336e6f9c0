package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TENANT SPACE app (TABLE db.events KEY tenant_id) ISOLATION TABLE}.
 *
 * @param isolation null when none was written
 * @param limits null when none were written
 */
public record CreateTenantSpace(
    boolean orReplace,
    boolean ifNotExists,
    String name,
    @Nullable String cluster,
    List<SpaceTable> tables,
    @Nullable Isolation isolation,
    @Nullable TenantLimits limits,
    List<SettingsElement> settings,
    @Nullable String comment)
    implements TenantStatement {
  public CreateTenantSpace {
    tables = List.copyOf(tables);
    settings = List.copyOf(settings);
  }

  /** {@code TABLE db.events KEY tenant_id}. */
  public record SpaceTable(Identifier table, String key) {}
}
