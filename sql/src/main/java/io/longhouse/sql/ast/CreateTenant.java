package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TENANT acme IN app ID 42}.
 *
 * @param id an integer or a string
 * @param isolation null for the space's
 * @param limits null when none were written
 */
public record CreateTenant(
    boolean orReplace,
    boolean ifNotExists,
    String name,
    String space,
    @Nullable String cluster,
    Literal id,
    @Nullable Isolation isolation,
    @Nullable TenantLimits limits,
    List<SettingsElement> settings)
    implements TenantStatement {
  public CreateTenant {
    settings = List.copyOf(settings);
  }
}
