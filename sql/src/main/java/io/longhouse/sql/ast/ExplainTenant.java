package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code EXPLAIN TENANT acme}, {@code EXPLAIN TENANT SPACE app}, or EXPLAIN of a statement that is
 * not carried out: the statements of ClickHouse's that stand behind it.
 *
 * @param tenant null for the space
 * @param space null when the tenant's name alone says which
 * @param statement what would be done; tenant and space are null then
 */
public record ExplainTenant(
    @Nullable String tenant, @Nullable String space, @Nullable TenantStatement statement)
    implements ShowStatement {}
