package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code CREATE INDEX name ON table}. */
public record CreateIndex(
    boolean unique,
    boolean ifNotExists,
    Identifier table,
    @Nullable String cluster,
    IndexDeclaration index)
    implements CreateStatement {}
