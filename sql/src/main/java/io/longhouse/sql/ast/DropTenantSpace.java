package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code DROP TENANT SPACE app}. */
public record DropTenantSpace(boolean ifExists, String name, @Nullable String cluster)
    implements TenantStatement {}
