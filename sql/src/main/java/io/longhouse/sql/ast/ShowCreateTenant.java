package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code SHOW CREATE TENANT acme IN app}, {@code SHOW CREATE TENANT SPACE app}.
 *
 * @param tenant null for the space
 * @param space null when the tenant's name alone says which
 */
public record ShowCreateTenant(@Nullable String tenant, @Nullable String space)
    implements ShowStatement {}
