package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code DROP INDEX name ON table}. */
public record DropIndex(boolean ifExists, String name, Identifier table, @Nullable String cluster)
    implements DropStatement {}
