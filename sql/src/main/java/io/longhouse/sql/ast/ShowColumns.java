package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code SHOW COLUMNS}. */
public record ShowColumns(
    boolean extended,
    boolean full,
    Identifier table,
    @Nullable NamePattern pattern,
    @Nullable Expression where,
    @Nullable Expression limit)
    implements ShowStatement {}
