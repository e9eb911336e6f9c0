package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE MATERIALIZED VIEW}.
 *
 * @param to the target table; null when the view has an inner one
 * @param toInnerUuid {@code TO INNER UUID '...'}
 */
public record CreateMaterializedView(
    CreateHead head,
    @Nullable RefreshStrategy refresh,
    @Nullable Identifier to,
    @Nullable String toInnerUuid,
    @Nullable TableSchema schema,
    @Nullable StorageClause storage,
    boolean populate,
    boolean empty,
    @Nullable SqlSecurity security,
    Query query,
    @Nullable String comment)
    implements CreateStatement {}
