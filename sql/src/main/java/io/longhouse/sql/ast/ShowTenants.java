package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code SHOW TENANTS}, {@code SHOW TENANT SPACES}.
 *
 * @param space of {@code IN}
 */
public record ShowTenants(boolean spaces, @Nullable String space, @Nullable NamePattern pattern)
    implements ShowStatement {}
