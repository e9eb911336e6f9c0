package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code DELETE FROM t WHERE ...}, the lightweight one. */
public record DeleteRows(
    Identifier table, @Nullable String cluster, @Nullable Partition partition, Expression where)
    implements AlterStatement {}
