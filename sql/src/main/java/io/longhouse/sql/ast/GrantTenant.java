package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GRANT TENANT acme TO user}, {@code REVOKE TENANT acme FROM user}.
 *
 * @param space null when the names alone say which
 */
public record GrantTenant(
    boolean revoke,
    @Nullable String cluster,
    List<String> tenants,
    @Nullable String space,
    RoleSet grantees)
    implements TenantStatement {
  public GrantTenant {
    tenants = List.copyOf(tenants);
  }
}
