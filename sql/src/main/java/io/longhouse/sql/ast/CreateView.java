package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code CREATE VIEW}. */
public record CreateView(
    CreateHead head,
    @Nullable TableSchema schema,
    @Nullable SqlSecurity security,
    Query query,
    @Nullable String comment)
    implements CreateStatement {}
