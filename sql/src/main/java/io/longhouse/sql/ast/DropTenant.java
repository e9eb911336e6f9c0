package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code DROP TENANT acme IN app}.
 *
 * @param space null when the name alone says which
 * @param withData whether its rows in shared tables are deleted too
 */
public record DropTenant(
    boolean ifExists,
    String name,
    @Nullable String space,
    @Nullable String cluster,
    boolean withData)
    implements TenantStatement {}
