package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code SHOW INDEXES}. */
public record ShowIndexes(boolean extended, Identifier table, @Nullable Expression where)
    implements ShowStatement {}
